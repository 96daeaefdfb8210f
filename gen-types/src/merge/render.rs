//! Renders the implementations of `DeepMerge`. Nothing is decided here.

use kgen_emit::rust::{Deprecated, Type, ident};
use kgen_emit::{File, Imports, Layout};
use kgen_model::Model;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::STEM;
use super::plan::{Body, FieldPlan, How, ImplPlan, members};
use crate::NAME;

const DEEP_MERGE: &str = "kgen::k8s::DeepMerge";
const LIST: &str = "kgen::k8s::merge_strategies::list";
const MAP: &str = "kgen::k8s::merge_strategies::map";

/// The file of one module.
pub(super) fn file(plans: &[ImplPlan<'_>], model: &Model, layout: &Layout, module: &[String]) -> File {
    let mut imports = Imports::new();
    let impls: Vec<_> = plans
        .iter()
        .map(|plan| implementation(plan, model, &mut imports))
        .collect();
    let members = members(plans);
    let members = members.iter().map(|(ty, name)| (ty.as_str(), *name));
    let deprecated = model.once(Deprecated::of).attribute(&imports, members);
    let uses = imports.uses();
    let head = quote! {
        #deprecated
        #uses
    };
    let tokens = std::iter::once(head).chain(impls).collect();
    let input = plans
        .first()
        .map_or(layout.source.as_str(), |plan| layout.input(plan.ty.span));
    File::rust(NAME, input, layout.rust_file(module, STEM), tokens)
}

fn implementation(plan: &ImplPlan<'_>, model: &Model, imports: &mut Imports) -> TokenStream {
    let deep_merge = imports.name(DEEP_MERGE);
    let ty = Type::named(model, plan.id).tokens(imports);
    let body = body(&plan.body, imports);
    quote! {
        #[automatically_derived]
        impl #deep_merge for #ty {
            fn merge_from(&mut self, other: Self) {
                #body
            }
        }
    }
}

fn body(body: &Body<'_>, imports: &mut Imports) -> TokenStream {
    match body {
        Body::Replace => quote! { *self = other; },
        Body::Fields(fields) => {
            let fields: Vec<_> = fields.iter().map(|field| statement(field, imports)).collect();
            quote! { #(#fields)* }
        }
        Body::Variants { merged, only } => {
            let arms: Vec<_> = merged.iter().map(|(name, how)| arm(name, how, imports)).collect();
            variants(&arms, *only)
        }
    }
}

fn statement(field: &FieldPlan<'_>, imports: &mut Imports) -> TokenStream {
    let name = member(field.name);
    match (&field.how, field.is_option) {
        (How::Replace, true) => quote! {
            if other.#name.is_some() {
                self.#name = other.#name;
            }
        },
        (How::Replace, false) => quote! { self.#name = other.#name; },
        (How::Merge, _) => quote! { self.#name.merge_from(other.#name); },
        (how, _) => {
            let merge = merge(how, &quote! { &mut self.#name }, &quote! { other.#name }, imports);
            quote! { #merge; }
        }
    }
}

/// A pattern for two values of one variant, and what becomes of their contents.
fn arm(variant: &str, how: &How<'_>, imports: &mut Imports) -> (TokenStream, TokenStream) {
    let name = ident(variant);
    let merge = match how {
        How::Merge => quote! { target.merge_from(other) },
        how => merge(how, &quote! { target }, &quote! { other }, imports),
    };
    (quote! { (Self::#name(target), Self::#name(other)) }, merge)
}

fn variants(arms: &[(TokenStream, TokenStream)], only: bool) -> TokenStream {
    match (arms, only) {
        ([(pattern, merge)], true) => quote! {
            let #pattern = (self, other);
            #merge;
        },
        (arms, _) => {
            let arms = arms.iter().map(|(pattern, merge)| quote! { #pattern => #merge });
            quote! {
                match (self, other) {
                    #(#arms,)*
                    (target, other) => *target = other,
                }
            }
        }
    }
}

/// An expression that merges a value into what a reference leads to.
fn merge(how: &How<'_>, target: &TokenStream, other: &TokenStream, imports: &mut Imports) -> TokenStream {
    match how {
        How::Replace => quote! { *#target = #other },
        How::ListMap { keys, item } => {
            let (list, item) = (imports.name(LIST), function(item, imports));
            let keys = keys.iter().map(|steps| same(steps));
            quote! { #list::map(#target, #other, &[#(#keys),*], #item) }
        }
        How::MapGranular(value) => {
            let (map, value) = (imports.name(MAP), function(value, imports));
            quote! { #map::granular(#target, #other, #value) }
        }
        How::Merge | How::ListAtomic | How::ListSet | How::MapAtomic => {
            let function = function(how, imports);
            quote! { #function(#target, #other) }
        }
    }
}

/// A function that merges one value into another.
fn function(how: &How<'_>, imports: &mut Imports) -> TokenStream {
    let mut named = |path: &str, function: &str| {
        let (path, function) = (imports.name(path), ident(function));
        quote! { #path::#function }
    };
    match how {
        How::Merge => named(DEEP_MERGE, "merge_from"),
        How::ListAtomic => named(LIST, "atomic"),
        How::ListSet => named(LIST, "set"),
        How::MapAtomic => named(MAP, "atomic"),
        How::Replace | How::ListMap { .. } | How::MapGranular(_) => {
            let merge = merge(how, &quote! { value }, &quote! { other }, imports);
            quote! { |value, other| #merge }
        }
    }
}

/// A function that compares two elements by a key.
fn same(steps: &[&str]) -> TokenStream {
    let steps: Vec<_> = steps.iter().map(|step| member(step)).collect();
    quote! { |left, right| left #(.#steps)* == right #(.#steps)* }
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
