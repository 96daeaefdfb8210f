//! Blocks in which what several steps use has a name.

use kgen_emit::Imports;
use kgen_emit::rust::{binding, ident};
use kgen_model::analysis::SetTest;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::statements;
use super::uses::{is_replaced, is_simple, uses_of_old};
use crate::validation::plan::Step;
use crate::validation::render::arguments::{is_set, runtime};
use crate::validation::render::code::{Code, block, mentions};
use crate::validation::render::place::{At, Expr, Old, Path};

/// Where steps stand.
pub(super) struct Scope<'a> {
    /// The path is not that of what surrounds them.
    pub(super) is_apart: bool,
    /// How the content of an `Option` is called.
    pub(super) binding: &'a str,
}

/// Steps of a block of their own. What several of them use has a name.
pub(super) fn scoped(steps: &[Step<'_>], mut at: At, scope: Scope<'_>, imports: &mut Imports) -> Vec<Code> {
    let mut codes = Vec::new();
    if scope.is_apart && !is_simple(steps) {
        let path = at.path.by_ref();
        codes.push(Code::Do(quote! { let path = #path; }));
        at.path = Path::variable();
    }
    let named = named(steps, &at, scope.binding, imports);
    codes.extend(named);
    codes
}

/// Steps about a value that may be in an `Option`, under this name.
pub(super) fn named(steps: &[Step<'_>], at: &At, name: &str, imports: &mut Imports) -> Vec<Code> {
    match steps {
        [Step::Option { some, required }] => option(some, *required, at, name, imports),
        [before @ .., Step::Option { some, required }] if !before.is_empty() => {
            let mut codes = statements(before, at, imports);
            codes.extend(option(some, *required, at, name, imports));
            codes
        }
        [Step::Cohort(steps)] => {
            let mut codes = vec![Code::Do(quote! { let count = errors.len(); })];
            codes.extend(named(steps, at, name, imports));
            codes
        }
        steps => with_old(steps, at, imports),
    }
}

/// Steps, with a name for the old value if several of them use it.
fn with_old(steps: &[Step<'_>], at: &At, imports: &mut Imports) -> Vec<Code> {
    if !at.old.is_far() || uses_of_old(steps) < 2 || steps.iter().any(is_replaced) {
        return statements(steps, at, imports);
    }
    let old = at.old.reference();
    let at = At {
        old: Old::variable(),
        ..at.clone()
    };
    let mut codes = vec![Code::Do(quote! { let old = #old; })];
    codes.extend(statements(steps, &at, imports));
    codes
}

pub(super) fn option(some: &[Step<'_>], required: bool, at: &At, name: &str, imports: &mut Imports) -> Vec<Code> {
    let path = at.path.by_ref();
    let rules = |imports: &mut Imports| runtime("rules::required", imports);
    if some.is_empty() {
        let (required, is_set) = (rules(imports), is_set(SetTest::Some, &at.value, imports));
        return vec![Code::Do(quote! { #required(errors, #path, #is_set); })];
    }
    let name = local(name);
    let subject = at.value.by_ref();
    let inside = At {
        value: Expr::reference(quote! { #name }),
        old: at.old.some(),
        path: at.path.clone(),
    };
    let body = with_old(some, &inside, imports);
    if !required {
        return vec![Code::IfLet {
            pattern: quote! { Some(#name) },
            subject,
            body,
        }];
    }
    let (body, required) = (block(body), rules(imports));
    vec![Code::Do(quote! {
        match #subject {
            Some(#name) => { #body }
            None => #required(errors, #path, false),
        }
    })]
}

/// Names that generated code uses itself.
const RESERVED: [&str; 10] = [
    "applies",
    "content",
    "count",
    "errors",
    "index",
    "item",
    "key",
    "old",
    "operation",
    "path",
];

/// A field's name as that of a variable, unless generated code uses that itself.
pub(super) fn local(name: &str) -> Ident {
    if RESERVED.contains(&name) {
        ident("value")
    } else {
        binding(name)
    }
}

/// The name of an argument, with an underscore if nothing uses it.
pub(super) fn used(name: &str, body: &TokenStream) -> Ident {
    if mentions(body, name) {
        ident(name)
    } else {
        format_ident!("_{name}")
    }
}
