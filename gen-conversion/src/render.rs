//! Renders the implementations. Nothing is decided here.

mod structs;
mod value;

use kgen_emit::rust::{Deprecated, Type, binding, ident};
use kgen_emit::{File, Imports, Layout};
use kgen_model::{Model, TypeId};
use proc_macro2::TokenStream;
use quote::quote;

use crate::NAME;
use crate::plan::{Arm, Body, Function, ImplPlan, Outcome, Plan, Side};
use value::{Converted, convert};

/// The file of one module; none if nothing is converted there.
pub(crate) fn file(plan: &Plan<'_>, model: &Model, layout: &Layout) -> Option<File> {
    let first = plan.impls.first().map(|plan| plan.source);
    let first = first.or_else(|| plan.kinds.first().map(|(kind, _)| *kind))?;
    let mut imports = Imports::new();
    let kinds: Vec<_> = plan
        .kinds
        .iter()
        .map(|kind| versioned(*kind, model, &mut imports))
        .collect();
    let impls: Vec<_> = plan
        .impls
        .iter()
        .map(|plan| implementation(plan, model, &mut imports))
        .collect();
    let members = plan.members(model);
    let members = members.iter().map(|(ty, name)| (ty.as_str(), name.as_str()));
    let deprecated = model.once(Deprecated::of).attribute(&imports, members);
    let uses = imports.uses();
    let head = quote! {
        #deprecated
        #uses
    };
    let tokens = std::iter::once(head).chain(kinds).chain(impls).collect();
    let path = layout.rust_file(plan.module, NAME);
    Some(File::rust(NAME, layout.input(model.ty(first).span), path, tokens))
}

/// The version of a kind. The one that is stored converts to itself, which is nothing.
fn versioned((kind, hub): (TypeId, TypeId), model: &Model, imports: &mut Imports) -> TokenStream {
    let versioned = imports.name("kgen::conversion::Versioned");
    let ty = Type::named(model, kind).tokens(imports);
    if kind != hub {
        let hub = Type::named(model, hub).tokens(imports);
        return quote! {
            #[automatically_derived]
            impl #versioned for #ty {
                type Hub = #hub;
            }
        };
    }
    let (convert_from, error) = names(imports);
    quote! {
        #[automatically_derived]
        impl #versioned for #ty {
            type Hub = Self;
        }

        #[automatically_derived]
        impl #convert_from<Self> for #ty {
            fn convert_from(source: Self) -> Result<Self, #error> {
                Ok(source)
            }
        }
    }
}

fn names(imports: &mut Imports) -> (proc_macro2::Ident, proc_macro2::Ident) {
    let convert_from = imports.name("kgen::conversion::ConvertFrom");
    (convert_from, imports.name("kgen::conversion::ConversionError"))
}

fn implementation(plan: &ImplPlan, model: &Model, imports: &mut Imports) -> TokenStream {
    let (convert_from, error) = names(imports);
    let source = Type::named(model, plan.source).tokens(imports);
    let target = Type::named(model, plan.target).tokens(imports);
    let (parameter, body) = body(plan, model, imports);
    quote! {
        #[automatically_derived]
        impl #convert_from<#source> for #target {
            fn convert_from(#parameter: #source) -> Result<Self, #error> {
                #body
            }
        }
    }
}

/// The parameter and what is done with it.
fn body(plan: &ImplPlan, model: &Model, imports: &mut Imports) -> (TokenStream, TokenStream) {
    match &plan.body {
        Body::Struct(body) => structs::body(body, plan.side, imports),
        Body::Newtype { how, from, to } => {
            let from = value::member(from);
            let body = newtype(convert(how, quote! { source.#from }, imports), to);
            (quote! { source }, body)
        }
        Body::Variants(arms) => {
            let source = Type::named(model, plan.source).tokens(imports);
            let arms: Vec<_> = arms.iter().map(|arm| self::arm(arm, &source, imports)).collect();
            (quote! { source }, quote! { match source { #(#arms)* } })
        }
        Body::Function(function) => {
            let call = function_call(
                function,
                plan.side,
                &quote! { &mut source },
                &quote! { &mut target },
                imports,
            );
            let body = quote! {
                let mut target = Self::default();
                #call?;
                Ok(target)
            };
            (quote! { mut source }, body)
        }
    }
}

/// `Ok(Self(value))`, or the same with the name of the field.
fn newtype(converted: Converted, field: &str) -> TokenStream {
    match (converted, value::is_index(field)) {
        (Converted::Plain(value), true) => quote! { Ok(Self(#value)) },
        (Converted::Result(result), true) => quote! { #result.map(Self) },
        (Converted::Plain(value), false) => {
            let field = ident(field);
            quote! { Ok(Self { #field: #value }) }
        }
        (Converted::Result(result), false) => {
            let field = ident(field);
            quote! { Ok(Self { #field: #result? }) }
        }
    }
}

/// `references(Pair::ToHub { from: .., to: .. })`
fn function_call(
    function: &Function,
    side: Side,
    from: &TokenStream,
    to: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let import = imports.name(&function.import);
    let name = function.of_type.as_deref().map(ident);
    let name = name.map(|name| quote! { ::#name });
    let pair = imports.name("kgen::conversion::Pair");
    let side = match side {
        Side::ToHub => quote! { ToHub },
        Side::FromHub => quote! { FromHub },
    };
    quote! { #import #name(#pair::#side { from: #from, to: #to }) }
}

fn arm(arm: &Arm, source: &TokenStream, imports: &mut Imports) -> TokenStream {
    let (name, held) = (ident(&arm.from), binding(&arm.from));
    let bound = arm.holds.then(|| quote! { (#held) });
    match &arm.to {
        Outcome::Variant(to, None) => {
            let to = ident(to);
            quote! { #source::#name => Ok(Self::#to), }
        }
        Outcome::Variant(to, Some(how)) => {
            let to = ident(to);
            match convert(how, quote! { #held }, imports) {
                Converted::Plain(value) => quote! { #source::#name #bound => Ok(Self::#to(#value)), },
                Converted::Result(result) => quote! { #source::#name #bound => #result.map(Self::#to), },
            }
        }
        Outcome::Named(other, text) => {
            let other = ident(other);
            quote! { #source::#name => Ok(Self::#other(#text.to_owned())), }
        }
        Outcome::FromText => {
            let from_text = imports.name("kgen::conversion::from_text");
            quote! { #source::#name(#held) => #from_text(#held), }
        }
        Outcome::Refused(text) => {
            let error = imports.name("kgen::conversion::ConversionError");
            let ignored = arm.holds.then(|| quote! { (_) });
            quote! { #source::#name #ignored => Err(#error::no_counterpart(#text)), }
        }
    }
}
