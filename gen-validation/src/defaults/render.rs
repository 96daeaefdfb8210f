//! Renders the implementations of `Defaults`. Nothing is decided here.

use std::collections::BTreeSet;

use kgen_emit::rust::{Cost, Deprecated, Type, Value, binding, ident};
use kgen_emit::{File, Imports, Layout};
use kgen_model::Model;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::NAME;
use super::imposed::Imposed;
use super::plan::{Body, FieldPlan, Function, ImplPlan, Plan, VariantPlan};

/// The file of one module; none if there is nothing to default.
pub(super) fn file(plan: &Plan<'_>, model: &Model, layout: &Layout) -> Option<File> {
    let first = plan.impls.first()?;
    let mut imports = Imports::new();
    let impls: Vec<_> = plan
        .impls
        .iter()
        .map(|plan| implementation(plan, model, &mut imports))
        .collect();
    let deprecated = deprecated(plan, model, &imports);
    let uses = imports.uses();
    let head = quote! {
        #deprecated
        #uses
    };
    let tokens = std::iter::once(head).chain(impls).collect();
    let path = layout.rust_file(plan.module, NAME);
    Some(File::rust(NAME, layout.input(first.ty.span), path, tokens))
}

fn deprecated(plan: &Plan<'_>, model: &Model, imports: &Imports) -> Option<TokenStream> {
    let own = plan.members();
    let mut members: BTreeSet<(&str, &str)> = own.iter().map(|(ty, name)| (ty.as_str(), *name)).collect();
    plan.values().for_each(|value| value.members(&mut members));
    model.once(Deprecated::of).attribute(imports, members)
}

fn implementation(plan: &ImplPlan<'_>, model: &Model, imports: &mut Imports) -> TokenStream {
    let defaults = imports.name("kgen::Defaults");
    let ty = Type::named(model, plan.id).tokens(imports);
    let function = plan.function.as_ref().map(|function| call(function, imports));
    let body = match &plan.body {
        Body::Fields(fields) => fields.iter().map(|field| statement(field, imports)).collect(),
        Body::Variants(variants) => below_variants(variants),
    };
    quote! {
        #[automatically_derived]
        impl #defaults for #ty {
            fn set_defaults(&mut self) {
                #function
                #body
            }
        }
    }
}

fn call(function: &Function, imports: &mut Imports) -> TokenStream {
    let import = imports.name(&function.import);
    let name = function.of_type.as_deref().map(ident);
    let name = name.map(|name| quote! { ::#name });
    quote! { #import #name(self); }
}

fn statement(field: &FieldPlan<'_>, imports: &mut Imports) -> TokenStream {
    let name = member(field.name);
    let insert = field.value.as_ref().map(|value| insert(value, imports));
    let below = field.below.then(|| quote! { .set_defaults() });
    match field.imposed.as_slice() {
        [] => quote! { self.#name #insert #below; },
        imposed => {
            let insert = insert.map(|insert| quote! { self.#name #insert; });
            let set = set_within(imposed, field, imports);
            quote! { #insert #set }
        }
    }
}

/// Sets members of a field, and what is below it after that.
fn set_within(imposed: &[Imposed<'_>], field: &FieldPlan<'_>, imports: &mut Imports) -> TokenStream {
    let name = member(field.name);
    let place = if field.is_option {
        quote! { #name }
    } else {
        quote! { self.#name }
    };
    let set: Vec<_> = imposed
        .iter()
        .map(|imposed| set_member(imposed, &place, imports))
        .collect();
    let below = field.below.then(|| quote! { #place.set_defaults(); });
    if field.is_option {
        quote! { if let Some(#name) = &mut self.#name { #(#set)* #below } }
    } else {
        quote! { #(#set)* #below }
    }
}

fn set_member(imposed: &Imposed<'_>, place: &TokenStream, imports: &mut Imports) -> TokenStream {
    let (name, insert) = (ident(imposed.member), insert(&imposed.value, imports));
    quote! { #place.#name #insert; }
}

/// The method that sets an `Option` that is empty.
fn insert(value: &Value, imports: &mut Imports) -> TokenStream {
    match value.cost() {
        Cost::Constant => {
            let value = value.tokens(imports);
            quote! { .get_or_insert(#value) }
        }
        Cost::Default => quote! { .get_or_insert_default() },
        Cost::Function => {
            let function = value.function(imports);
            quote! { .get_or_insert_with(#function) }
        }
        Cost::Built => {
            let value = value.tokens(imports);
            quote! { .get_or_insert_with(|| #value) }
        }
    }
}

/// A field, or the `0` of a newtype.
fn member(name: &str) -> TokenStream {
    match name.parse() {
        Ok(index) => {
            let index = Literal::u64_unsuffixed(index);
            quote! { #index }
        }
        Err(_) => {
            let name = ident(name);
            quote! { #name }
        }
    }
}

fn below_variants(variants: &[VariantPlan<'_>]) -> TokenStream {
    let set = variants.iter().filter(|variant| variant.below).map(|variant| {
        let (name, held) = (ident(variant.name), binding(variant.name));
        (quote! { Self::#name(#held) }, quote! { #held.set_defaults() })
    });
    match (set.collect::<Vec<_>>().as_slice(), variants) {
        ([], _) => TokenStream::new(),
        ([(pattern, set)], [_]) => quote! {
            let #pattern = self;
            #set;
        },
        (set, _) => {
            let arms = set.iter().map(|(pattern, set)| quote! { #pattern => #set, });
            let rest: Vec<_> = variants.iter().filter(|variant| !variant.below).map(ignored).collect();
            let rest = (!rest.is_empty()).then(|| quote! { #(#rest)|* => {} });
            quote! {
                match self {
                    #(#arms)*
                    #rest
                }
            }
        }
    }
}

fn ignored(variant: &VariantPlan<'_>) -> TokenStream {
    let name = ident(variant.name);
    let held = variant.holds.then(|| quote! { (_) });
    quote! { Self::#name #held }
}
