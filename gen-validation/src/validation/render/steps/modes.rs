//! A field whose rules depend on another field.

use kgen_emit::Imports;
use proc_macro2::TokenStream;
use quote::quote;

use super::scope::named;
use super::unchanged;
use crate::validation::plan::{Equal, Modes};
use crate::validation::render::arguments::{equals, is_set, runtime};
use crate::validation::render::code::{Code, block};
use crate::validation::render::place::{At, Expr, Path};

pub(super) fn modes(field: &Modes<'_>, at: &At, imports: &mut Imports) -> Code {
    let path = at.path.child(field.member.wire).by_ref();
    let here = At {
        path: Path::variable(),
        ..at.way(&field.member.way)
    };
    let discriminator = at.way(&field.discriminator);
    let rules = rules(field, &discriminator.value, &here, imports);
    let body = vec![Code::Do(quote! { let path = #path; }), Code::Do(rules)];
    if field.ratchet {
        let (mode, value) = (unchanged(&discriminator), unchanged(&here));
        let condition = quote! { !(#mode && #value) };
        return Code::If { condition, body };
    }
    let body = block(body);
    Code::Do(quote! { { #body } })
}

/// The rules of the mode that it is, if it has any. In a mode that nothing is said of the field must not be set.
fn rules(field: &Modes<'_>, discriminator: &Expr, here: &At, imports: &mut Imports) -> TokenStream {
    let forbidden = runtime("rules::forbidden", imports);
    let is_set = is_set(field.member.test, &here.value, imports);
    let forbid = quote! { #forbidden(errors, path, #is_set); };

    let (with_rules, without): (Vec<_>, Vec<_>) = field.modes.iter().partition(|(_, steps)| !steps.is_empty());
    let mut any_of = |modes: &[Equal<'_>]| {
        let tests = modes
            .iter()
            .map(|mode| equals(discriminator, field.is_option, mode, imports));
        let tests: Vec<_> = tests.collect();
        quote! { #(#tests)||* }
    };
    let conditions: Vec<_> = with_rules.iter().map(|(modes, _)| any_of(modes)).collect();
    let free = without.first().map(|(modes, _)| any_of(modes));

    let name = field.member.way.last().copied().unwrap_or_default();
    let mut chain = TokenStream::new();
    for (condition, (_, steps)) in conditions.iter().zip(with_rules) {
        let body = block(named(steps, here, name, imports));
        chain.extend(quote! { if #condition { #body } else });
    }
    match free {
        Some(free) => quote! { #chain if !(#free) { #forbid } },
        None if chain.is_empty() => forbid,
        None => quote! { #chain { #forbid } },
    }
}
