//! Enums of names.

use kgen_emit::Imports;
use kgen_emit::rust::ident;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::codec::EnumPlan;

pub(super) fn implementation(ty: &Ident, plan: &EnumPlan, imports: &mut Imports) -> TokenStream {
    let string_enum = imports.name("kgen::codec::StringEnum");
    let variants: Vec<_> = plan.variants.iter().map(|(name, _)| ident(name)).collect();
    let wires = plan.variants.iter().map(|(_, wire)| wire);
    let other = plan.other.as_deref().map(ident);
    let keeps = other.as_ref().map(|other| quote! { Self::#other(name) => name, });
    let keep = other.as_ref().map(|other| {
        quote! {
            fn other(name: &str) -> Option<Self> {
                Some(Self::#other(name.to_owned()))
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #string_enum for #ty {
            const VARIANTS: &'static [Self] = &[#(Self::#variants),*];

            fn name(&self) -> &str {
                match self {
                    #(Self::#variants => #wires,)*
                    #keeps
                }
            }

            #keep
        }
    }
}
