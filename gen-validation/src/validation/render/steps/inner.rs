//! What boxes, newtypes and the like hold.

use kgen_emit::Imports;
use quote::{format_ident, quote};

use super::statements;
use crate::validation::plan::{Step, Via};
use crate::validation::render::code::Code;
use crate::validation::render::place::{At, Expr, Old};

pub(super) fn inner(via: &[Via<'_>], steps: &[Step<'_>], at: &At, imports: &mut Imports) -> Vec<Code> {
    let Some((first, rest)) = via.split_first() else {
        return statements(steps, at, imports);
    };
    let plain = |value: Expr, old: Old| At {
        value,
        old,
        path: at.path.clone(),
    };
    match first {
        Via::Box => inner(rest, steps, &plain(at.value.unboxed(), at.old.unboxed()), imports),
        Via::Newtype(field) => inner(
            rest,
            steps,
            &plain(at.value.member(field), at.old.member(field)),
            imports,
        ),
        Via::Option => vec![Code::IfLet {
            pattern: quote! { Some(value) },
            subject: at.value.by_ref(),
            body: inner(
                rest,
                steps,
                &plain(Expr::reference(quote! { value }), at.old.some()),
                imports,
            ),
        }],
        Via::Int | Via::String => {
            let ty = imports.name("kgen::k8s::IntOrString");
            let variant = format_ident!("{}", if *first == Via::Int { "Int" } else { "String" });
            let here = plain(Expr::reference(quote! { value }), Old::none());
            vec![Code::IfLet {
                pattern: quote! { #ty::#variant(value) },
                subject: at.value.by_ref(),
                body: inner(rest, steps, &here, imports),
            }]
        }
    }
}
