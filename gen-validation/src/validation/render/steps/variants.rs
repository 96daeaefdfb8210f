//! What the variants of a union hold.

use kgen_emit::Imports;
use kgen_emit::rust::{binding, ident};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::{Scope, local, scoped};
use super::unchanged;
use super::uses::uses_of_old;
use crate::validation::plan::Variant;
use crate::validation::render::code::{Code, block};
use crate::validation::render::place::{At, Expr, Old};

pub(super) fn variants(variants: &[Variant<'_>], ty: &str, more: bool, at: &At, imports: &mut Imports) -> Vec<Code> {
    let subject = at.value.by_ref();
    let ty = if subject.to_string() == "self" {
        ident("Self")
    } else {
        imports.name(ty)
    };
    if let ([variant], true) = (variants, more) {
        let (pattern, body) = arm(variant, &ty, at, imports);
        return vec![Code::IfLet { pattern, subject, body }];
    }
    let arms: Vec<_> = variants
        .iter()
        .map(|variant| {
            let (pattern, body) = arm(variant, &ty, at, imports);
            let body = block(body);
            quote! { #pattern => { #body } }
        })
        .collect();
    let rest = more.then(|| quote! { _ => {} });
    vec![Code::Do(quote! { match #subject { #(#arms)* #rest } })]
}

/// The pattern of a variant with what is done with what it holds.
fn arm(variant: &Variant<'_>, ty: &Ident, at: &At, imports: &mut Imports) -> (TokenStream, Vec<Code>) {
    let (name, held) = (ident(variant.name), local(&binding(variant.name).to_string()));
    let here = At {
        value: Expr::reference(quote! { #held }),
        old: Old::variable(),
        path: variant.wire.map_or_else(|| at.path.clone(), |wire| at.path.child(wire)),
    };
    let scope = Scope {
        is_apart: variant.wire.is_some(),
        binding: "value",
    };
    let unchanged = variant.ratchet.then(|| unchanged(&here));
    let mut body = scoped(&variant.steps, here, scope, imports);
    if let Some(unchanged) = unchanged {
        body = vec![Code::If {
            condition: quote! { !#unchanged },
            body,
        }];
    }
    if variant.ratchet || uses_of_old(&variant.steps) > 0 {
        let old = at.old.reference();
        let old = quote! { let old = match #old { Some(#ty::#name(old)) => Some(old), _ => None }; };
        body.insert(0, Code::Do(old));
    }
    (quote! { #ty::#name(#held) }, body)
}
