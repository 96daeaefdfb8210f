//! Renders the registration of kinds. Nothing is decided here.

use kgen_emit::rust::{Deprecated, Type, ident, path};
use kgen_emit::{File, Imports, Layout};
use kgen_model::Model;
use kgen_model::model::{Column, Scale, Scope, Verb};
use proc_macro2::TokenStream;
use quote::quote;

use super::NAME;
use super::plan::{KindPlan, Plan};

/// The file of one module; none if it has no kinds.
pub(super) fn file(plan: &Plan<'_>, model: &Model, layout: &Layout) -> Option<File> {
    let first = plan.kinds.first()?;
    let mut imports = Imports::new();
    imports.reserve("register");
    let kinds: Vec<TokenStream> = plan
        .kinds
        .iter()
        .map(|kind| kind_function(kind, model, &mut imports))
        .collect();
    let scheme = imports.name("kgen::scheme::Scheme");
    let docs = format!(" The kinds of {}, by name.", plan.api_versions.join(" and "));
    let add = format!(" Adds the kinds of {} to a scheme.", plan.api_versions.join(" and "));
    let functions = plan.kinds.iter().map(|kind| ident(&kind.function));
    let types = plan.kinds.iter().map(|kind| (path(model.ty(kind.ty)), kind));
    let types: Vec<(String, &KindPlan<'_>)> = types.collect();
    let members = types
        .iter()
        .flat_map(|(ty, kind)| kind.members().map(move |member| (ty.as_str(), member)));
    let deprecated = model.once(Deprecated::of).attribute(&imports, members);
    let uses = imports.uses();
    let head = quote! {
        #![doc = #docs]
        #deprecated
        #uses

        #[doc = #add]
        pub fn register(scheme: &mut #scheme) {
            #(scheme.add(#functions());)*
        }
    };
    let tokens = std::iter::once(head).chain(kinds).collect();
    let path = layout.rust_file(plan.module, NAME);
    Some(File::rust(NAME, layout.input(first.span), path, tokens))
}

/// The file that gathers the modules; none if there are none.
pub(super) fn scheme(modules: &[&[String]], layout: &Layout) -> Option<File> {
    if modules.is_empty() {
        return None;
    }
    let mut imports = Imports::new();
    imports.reserve("scheme");
    let scheme = imports.name("kgen::scheme::Scheme");
    let uses = imports.uses();
    let calls = modules.iter().map(|module| {
        let module = layout.module_of(module);
        let segments = module.iter().map(|segment| ident(segment));
        quote! { #(#segments)::*::register(&mut scheme); }
    });
    let tokens = quote! {
        #![doc = " All kinds of this crate, by name."]
        #uses

        #[doc = " The scheme with all kinds of this crate in all their versions."]
        pub fn scheme() -> #scheme {
            let mut scheme = #scheme::new();
            #(#calls)*
            scheme
        }
    };
    let path = layout.rust_file(&layout.module_root, "scheme");
    Some(File::rust(NAME, &layout.source, path, tokens))
}

fn kind_function(plan: &KindPlan<'_>, model: &Model, imports: &mut Imports) -> TokenStream {
    let kind_version = imports.name("kgen::scheme::KindVersion");
    let ty = Type::named(model, plan.ty).tokens(imports);
    let function = ident(&plan.function);
    let docs = format!(" What there is to know of {}.", plan.plural);
    let begin = match plan.scope {
        Scope::Namespaced => quote! { namespaced },
        Scope::Cluster => quote! { cluster },
    };
    let singular = plan.singular;
    let steps = [facts(plan, imports), columns(plan, imports), functions(plan)];
    quote! {
        #[doc = #docs]
        fn #function() -> #kind_version {
            #kind_version::#begin::<#ty>(#singular)
                #(#steps)*
                .build()
        }
    }
}

fn facts(plan: &KindPlan<'_>, imports: &mut Imports) -> TokenStream {
    let (short_names, categories) = (plan.short_names, plan.categories);
    let short_names = (!short_names.is_empty()).then(|| quote! { .short_names([#(#short_names),*]) });
    let categories = (!categories.is_empty()).then(|| quote! { .categories([#(#categories),*]) });
    let unserved = (!plan.served).then(|| quote! { .unserved() });
    let storage = plan.storage.then(|| quote! { .storage() });
    let deprecated = plan.warning.iter().map(|warning| quote! { .deprecated(#warning) });
    let verbs = plan.verbs.map(|verbs| self::verbs(verbs, imports));
    let status = plan.status.then(|| quote! { .status() });
    let scale = plan.scale.map(scale);
    quote! { #short_names #categories #unserved #storage #(#deprecated)* #verbs #status #scale }
}

fn verbs(verbs: &[Verb], imports: &mut Imports) -> TokenStream {
    let ty = imports.name("kgen::scheme::Verb");
    let verbs = verbs.iter().map(|verb| match verb {
        Verb::Create => quote! { #ty::Create },
        Verb::Delete => quote! { #ty::Delete },
        Verb::DeleteCollection => quote! { #ty::DeleteCollection },
        Verb::Get => quote! { #ty::Get },
        Verb::List => quote! { #ty::List },
        Verb::Patch => quote! { #ty::Patch },
        Verb::Update => quote! { #ty::Update },
        Verb::Watch => quote! { #ty::Watch },
    });
    quote! { .verbs([#(#verbs),*]) }
}

fn scale(scale: &Scale) -> TokenStream {
    let Scale {
        spec_path,
        status_path,
        selector_path,
    } = scale;
    let selector = match selector_path {
        Some(path) => quote! { Some(#path) },
        None => quote! { None },
    };
    quote! { .scale(#spec_path, #status_path, #selector) }
}

fn columns(plan: &KindPlan<'_>, imports: &mut Imports) -> TokenStream {
    let columns = plan.columns.iter().map(|column| self::column(column, imports));
    let columns: Vec<TokenStream> = columns.collect();
    let selectable = plan.selectable;
    quote! { #(.column(#columns))* #(.selectable(#selectable))* }
}

fn column(column: &Column, imports: &mut Imports) -> TokenStream {
    let ty = imports.name("kgen::scheme::Column");
    let Column {
        name,
        path,
        type_,
        format,
        description,
        priority,
    } = column;
    let format = format.iter().map(|format| quote! { .format(#format) });
    let description = description
        .iter()
        .map(|description| quote! { .description(#description) });
    let priority = (*priority != 0).then(|| {
        let priority = proc_macro2::Literal::i32_unsuffixed(*priority);
        quote! { .priority(#priority) }
    });
    quote! { #ty::new(#name, #type_, #path) #(#format)* #(#description)* #priority }
}

fn functions(plan: &KindPlan<'_>) -> TokenStream {
    let defaulted = plan.defaulted.then(|| quote! { .defaulted() });
    let validated = plan.validated.then(|| quote! { .validated() });
    let converted = plan.converted.then(|| quote! { .converted() });
    let status_field = plan.status_field.map(|field| {
        let (object, field) = (ident(&plan.function), ident(field));
        quote! { .status_field(|#object| &#object.#field, |#object| &mut #object.#field) }
    });
    let compared = plan.wanted.as_deref().map(compared);
    quote! { #defaulted #validated #converted #status_field #compared }
}

fn compared(fields: &[&str]) -> TokenStream {
    match fields {
        [] => quote! { .compared(|_, _| true) },
        fields => {
            let fields = fields.iter().map(|field| ident(field));
            quote! { .compared(|one, other| #(one.#fields == other.#fields)&&*) }
        }
    }
}
