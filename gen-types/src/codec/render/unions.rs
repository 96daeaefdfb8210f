//! Enums with data.

use kgen_emit::Imports;
use kgen_emit::rust::{binding, ident};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::codec::{Member, UnionPlan};

pub(super) fn implementations(ty: &Ident, plan: &UnionPlan, imports: &mut Imports) -> TokenStream {
    let union = union(ty, plan, imports);
    let encode = encode(ty, plan, imports);
    quote! { #union #encode }
}

fn union(ty: &Ident, plan: &UnionPlan, imports: &mut Imports) -> TokenStream {
    let [union, reader] = ["Union", "Reader"].map(|name| imports.name(&format!("kgen::codec::{name}")));
    let (fields, tags) = (&plan.fields, &plan.tags);
    let tags = plan.tag.as_ref().map(|_| {
        quote! { const TAGS: &'static [&'static str] = &[#(#tags),*]; }
    });
    let (member, body) = decode_member(plan, imports);
    let unit = unit(plan);
    quote! {
        #[automatically_derived]
        impl #union for #ty {
            const FIELDS: &'static [&'static str] = &[#(#fields),*];
            #tags

            fn decode_member<'de, R: #reader<'de>>(#member: usize, from: &mut R) -> Result<Option<Self>, R::Error> {
                #body
            }

            #unit
        }
    }
}

/// The name of the parameter, which is unused where there is no choice, and what is done with it.
fn decode_member(plan: &UnionPlan, imports: &mut Imports) -> (Ident, TokenStream) {
    let members = plan
        .variants
        .iter()
        .filter(|variant| variant.has_data || plan.tag.is_none());
    let reads: Vec<_> = members.map(|member| read(member, imports)).collect();
    match reads.as_slice() {
        [] => (ident("_member"), quote! { from.skip().map(|()| None) }),
        [only] => (ident("_member"), only.clone()),
        [others @ .., last] => {
            let numbers = (0..others.len()).map(Literal::usize_unsuffixed);
            let body = quote! {
                match member {
                    #(#numbers => #others,)*
                    _ => #last,
                }
            };
            (ident("member"), body)
        }
    }
}

fn read(member: &Member, imports: &mut Imports) -> TokenStream {
    let name = ident(&member.name);
    match member.has_data {
        true => quote! { from.read_member(Self::#name) },
        false => {
            let empty = imports.name("kgen::codec::EmptyObject");
            quote! { from.read_member(|#empty| Self::#name) }
        }
    }
}

fn unit(plan: &UnionPlan) -> Option<TokenStream> {
    plan.tag.as_ref()?;
    let units: Vec<&Member> = plan.variants.iter().filter(|variant| !variant.has_data).collect();
    let (names, tags) = (
        units.iter().map(|unit| ident(&unit.name)),
        units.iter().map(|unit| &unit.tag),
    );
    (!units.is_empty()).then(|| {
        quote! {
            fn unit(tag: &str) -> Option<Self> {
                match tag {
                    #(#tags => Some(Self::#names),)*
                    _ => None,
                }
            }
        }
    })
}

fn encode(ty: &Ident, plan: &UnionPlan, imports: &mut Imports) -> TokenStream {
    let [encode, writer] = ["Encode", "Writer"].map(|name| imports.name(&format!("kgen::codec::{name}")));
    let arms: Vec<_> = plan
        .variants
        .iter()
        .map(|variant| arm(variant, plan.tag.as_deref(), imports))
        .collect();
    quote! {
        #[automatically_derived]
        impl #encode for #ty {
            fn encode_fields<W: #writer>(&self, out: &mut W) -> Result<(), W::Error> {
                match self {
                    #(#arms,)*
                }
            }
        }
    }
}

fn arm(variant: &Member, tag: Option<&str>, imports: &mut Imports) -> TokenStream {
    let (name, wire, value) = (ident(&variant.name), &variant.wire, &variant.tag);
    let binding = variant.has_data.then(|| held(&variant.name));
    match (tag, binding) {
        (None, Some(binding)) => quote! { Self::#name(#binding) => out.write(#wire, #binding) },
        (None, None) => {
            let empty = imports.name("kgen::codec::EmptyObject");
            quote! { Self::#name => out.write(#wire, &#empty) }
        }
        (Some(tag), Some(binding)) => quote! {
            Self::#name(#binding) => {
                out.write(#tag, #value)?;
                out.write(#wire, #binding)
            }
        },
        (Some(tag), None) => quote! { Self::#name => out.write(#tag, #value) },
    }
}

/// What a variant holds, by a name that is not taken.
fn held(variant: &str) -> Ident {
    let name = binding(variant);
    if name == "out" { ident("value") } else { name }
}
