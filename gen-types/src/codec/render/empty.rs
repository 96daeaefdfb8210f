//! When a value is empty.

use kgen_emit::Imports;
use kgen_emit::rust::{Cost, Value, ident};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::codec::{EmptyField, EmptyPlan, Test};

pub(super) fn implementation(ty: &Ident, plan: &EmptyPlan, imports: &mut Imports) -> TokenStream {
    let empty = imports.name("kgen::codec::Empty");
    let condition = condition(plan, &empty, imports);
    quote! {
        #[automatically_derived]
        impl #empty for #ty {
            fn is_empty(&self) -> bool {
                #condition
            }
        }
    }
}

fn condition(plan: &EmptyPlan, empty: &Ident, imports: &mut Imports) -> TokenStream {
    match plan {
        EmptyPlan::Fields(fields) if fields.is_empty() => quote! { true },
        EmptyPlan::Fields(fields) => {
            let tests: Vec<_> = fields.iter().map(|field| field_test(field, empty, imports)).collect();
            quote! { #(#tests)&&* }
        }
        EmptyPlan::Newtype(inner) => test(inner, &quote! { self.0 }, empty, imports),
        EmptyPlan::Variant(name) => {
            let name = ident(name);
            quote! { matches!(self, Self::#name) }
        }
        EmptyPlan::Default => quote! { *self == Self::default() },
        EmptyPlan::Start => {
            imports.methods("kgen::codec::Decode");
            quote! { *self == Self::start() }
        }
    }
}

fn field_test(field: &EmptyField, empty: &Ident, imports: &mut Imports) -> TokenStream {
    let name = ident(&field.field);
    test(&field.test, &quote! { self.#name }, empty, imports)
}

fn test(test: &Test, place: &TokenStream, empty: &Ident, imports: &mut Imports) -> TokenStream {
    match test {
        Test::Method => quote! { #place.is_empty() },
        Test::Trait => quote! { #empty::is_empty(&#place) },
        Test::Is(value) => is(value, place, imports),
    }
}

/// Whether a place holds a value, without making it where that can be.
fn is(value: &Value, place: &TokenStream, imports: &mut Imports) -> TokenStream {
    match value {
        Value::Bool(true) => quote! { #place },
        Value::Bool(false) => quote! { !#place },
        Value::Text(text) if !text.is_empty() => quote! { #place == #text },
        Value::Text(_) | Value::List(_) | Value::Map { .. } if value.cost() == Cost::Default => {
            quote! { #place.is_empty() }
        }
        Value::List(items) => {
            let items = items.iter().map(|item| item.tokens(imports));
            quote! { #place == [#(#items),*] }
        }
        Value::Newtype { content, .. } => is(content, &quote! { #place.0 }, imports),
        Value::Boxed(content) => is(content, &unboxed(content, place), imports),
        Value::Variant { content: None, .. } => {
            let variant = value.tokens(imports);
            quote! { matches!(#place, #variant) }
        }
        _ => {
            let value = value.tokens(imports);
            quote! { #place == #value }
        }
    }
}

/// What stands in a box: methods and fields are found there by themselves.
fn unboxed(content: &Value, place: &TokenStream) -> TokenStream {
    match content {
        Value::Newtype { .. } => quote! { #place },
        _ if content.cost() == Cost::Default => quote! { #place },
        _ => quote! { *#place },
    }
}
