//! What is read of a struct without default, and how it is assembled.

use kgen_emit::Imports;
use kgen_emit::rust::{Cost, Value, ident};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::codec::{Assemble, Part, PartsPlan, Slot};

pub(super) fn items(ty: &Ident, name: &Ident, plan: &PartsPlan, imports: &mut Imports) -> TokenStream {
    let docs = format!(" What is read of a [`{ty}`].");
    let invalid = imports.name("kgen::codec::Invalid");
    let slots: Vec<_> = plan.parts.iter().filter_map(|part| slot(part, imports)).collect();
    let values: Vec<_> = plan.parts.iter().map(|part| field(part, imports)).collect();
    quote! {
        #[doc = #docs]
        #[derive(Default)]
        pub(crate) struct #name {
            #(#slots,)*
        }

        impl #name {
            pub(crate) fn assemble(self) -> Result<#ty, #invalid> {
                Ok(#ty { #(#values,)* })
            }
        }
    }
}

fn slot(part: &Part, imports: &mut Imports) -> Option<TokenStream> {
    let field = ident(&part.field);
    let ty = match &part.slot {
        Slot::Option(ty) => {
            let ty = ty.tokens(imports);
            quote! { Option<#ty> }
        }
        Slot::Union(ty) => {
            let (parts, ty) = (imports.name("kgen::codec::UnionParts"), ty.tokens(imports));
            quote! { #parts<#ty> }
        }
        Slot::Parts(path) => {
            let parts = imports.name(path);
            quote! { #parts }
        }
        Slot::Itself(ty) => ty.tokens(imports),
        Slot::Nothing => return None,
    };
    Some(quote! { #field: #ty })
}

fn field(part: &Part, imports: &mut Imports) -> TokenStream {
    let field = ident(&part.field);
    let value = match &part.assemble {
        Assemble::Given => quote! { self.#field },
        Assemble::OrDefault => quote! { self.#field.unwrap_or_default() },
        Assemble::Or(value) => {
            let unwrap = unwrap(value, imports);
            quote! { self.#field.#unwrap }
        }
        Assemble::Required(wire) => {
            let required = imports.name("kgen::codec::required");
            quote! { #required(#wire, self.#field)? }
        }
        Assemble::Parts => quote! { self.#field.assemble()? },
        Assemble::PartsOption => quote! { self.#field.assemble_option()? },
        Assemble::Skipped => quote! { Default::default() },
    };
    let value = boxed(part, value);
    quote! { #field: #value }
}

fn boxed(part: &Part, mut value: TokenStream) -> TokenStream {
    for _ in 0..part.boxes {
        value = match part.assemble {
            Assemble::PartsOption => quote! { #value.map(Box::new) },
            _ => quote! { Box::new(#value) },
        };
    }
    value
}

fn unwrap(value: &Value, imports: &mut Imports) -> TokenStream {
    let tokens = value.tokens(imports);
    match value.cost() {
        Cost::Constant => quote! { unwrap_or(#tokens) },
        Cost::Default => quote! { unwrap_or_default() },
        Cost::Function => {
            let function = value.function(imports);
            quote! { unwrap_or_else(#function) }
        }
        Cost::Built => quote! { unwrap_or_else(|| #tokens) },
    }
}
