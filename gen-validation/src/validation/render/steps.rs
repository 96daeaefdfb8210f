//! Steps as statements.

mod collections;
mod inner;
mod modes;
mod scope;
mod uses;
mod variants;

use kgen_emit::Imports;
use kgen_emit::rust::ident;
use kgen_model::facts::Maturity;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::collections::{elements, entries, item, keys};
use self::inner::inner;
use self::modes::modes;
use self::scope::{Scope, option, scoped, used};
use self::variants::variants;
use super::super::plan::{Function, Member, Step, Takes};
use super::arguments::{call, is_set, runtime};
use super::code::{Code, block};
use super::place::{At, Old};

/// Steps of one block.
pub(super) fn statements(steps: &[Step<'_>], at: &At, imports: &mut Imports) -> Vec<Code> {
    let mut codes = Vec::new();
    for (position, step) in steps.iter().enumerate() {
        if *step == Step::Gate {
            let body = statements(&steps[position + 1..], at, imports);
            let condition = quote! { errors.len() == count };
            codes.push(Code::If { condition, body });
            break;
        }
        let is_alone = steps.len() == 1;
        codes.extend(statement(step, is_alone, at, imports));
    }
    codes
}

fn statement(step: &Step<'_>, is_alone: bool, at: &At, imports: &mut Imports) -> Vec<Code> {
    let one = match step {
        Step::Call(rule) => Code::Do(call(rule, at, imports)),
        Step::Function(own) => Code::Do(function(own, at, imports)),
        Step::Validate => Code::Do(validate(at, imports)),
        // Statements come here without it.
        Step::Gate => return Vec::new(),
        Step::Cohort(steps) => return cohort(steps, is_alone, at, imports),
        Step::Member(field) => return member(field, at, imports),
        Step::Option { some, required } => return option(some, *required, at, "value", imports),
        Step::IfSet { test, steps } => Code::If {
            condition: is_set(*test, &at.value, imports),
            body: statements(steps, at, imports),
        },
        Step::Inner { via, steps } => return inner(via, steps, at, imports),
        Step::Elements { by, steps } => Code::Do(elements(by, steps, at, imports)),
        Step::Entries { key, ratchet, steps } => Code::Do(entries(key, *ratchet, steps, at, imports)),
        Step::Keys { key, steps } => Code::Do(keys(key, steps, at, imports)),
        Step::Item { keys, steps } => Code::Do(item(keys, steps, at, imports)),
        Step::Variants { variants, ty, more } => return self::variants(variants, ty, *more, at, imports),
        Step::IfFeature {
            feature,
            enabled,
            steps,
        } => if_feature(feature, *enabled, steps, at, imports),
        Step::Level { level, steps } => Code::Do(self::level(*level, steps, at, imports)),
        Step::OnUpdate(steps) => Code::If {
            condition: quote! { operation.is_update() },
            body: statements(steps, at, imports),
        },
        Step::IfReplaced(steps) => Code::If {
            condition: at.old.is_some(),
            body: statements(steps, at, imports),
        },
        Step::Modes(field) => modes(field, at, imports),
        Step::Cases { rule, cases } => Code::Do(self::cases(rule, cases, at, imports)),
    };
    vec![one]
}

/// A value in a box is named as such: boxes have a `validate` too.
fn validate(at: &At, imports: &mut Imports) -> TokenStream {
    let (old, path) = (at.old.reference(), at.path.by_ref());
    if at.value.is_boxed() {
        let (validate, value) = (imports.name("kgen::validation::Validate"), at.value.by_ref());
        return quote! { #validate::validate(#value, #old, operation, #path, errors); };
    }
    let value = at.value.receiver();
    quote! { #value.validate(#old, operation, #path, errors); }
}

/// A person's own function. It is named by its module, so that no variable hides it.
fn function(function: &Function, at: &At, imports: &mut Imports) -> TokenStream {
    let name = ident(&function.name);
    let name = match function.owner.as_str() {
        "crate" => quote! { crate::#name },
        owner => {
            let owner = imports.name(owner);
            quote! { #owner::#name }
        }
    };
    let (value, old) = match function.takes {
        Takes::Reference => (at.value.coerced(), at.old.reference()),
        Takes::Text => (at.value.coerced(), at.old.text()),
        Takes::Slice => (at.value.coerced(), at.old.slice()),
    };
    let path = at.path.by_ref();
    quote! { #name(#value, #old, operation, #path, errors); }
}

fn cohort(steps: &[Step<'_>], is_alone: bool, at: &At, imports: &mut Imports) -> Vec<Code> {
    let mut codes = vec![Code::Do(quote! { let count = errors.len(); })];
    codes.extend(statements(steps, at, imports));
    if is_alone {
        return codes;
    }
    let body = block(codes);
    vec![Code::Do(quote! { { #body } })]
}

/// A field: left out if it is as before, with its own path.
fn member(field: &Member<'_>, at: &At, imports: &mut Imports) -> Vec<Code> {
    let here = At {
        value: at.value.member(field.name),
        old: at.old.member(field.name),
        path: field.wire.map_or_else(|| at.path.clone(), |wire| at.path.child(wire)),
    };
    let is_apart = field.wire.is_some();
    let unchanged = (field.ratchet && is_apart && here.old.is_far()).then(|| unchanged(&here));
    let body = scoped(
        &field.steps,
        here,
        Scope {
            is_apart,
            binding: field.name,
        },
        imports,
    );
    match unchanged {
        Some(unchanged) => vec![Code::If {
            condition: quote! { !#unchanged },
            body,
        }],
        // A block of its own, since it may hold names.
        None if body.len() > 1 => {
            let body = block(body);
            vec![Code::Do(quote! { { #body } })]
        }
        None => body,
    }
}

fn unchanged(at: &At) -> TokenStream {
    let (value, old) = (at.value.by_ref(), at.old.reference());
    quote! { operation.unchanged(#value, #old) }
}

fn if_feature(feature: &str, enabled: bool, steps: &[Step<'_>], at: &At, imports: &mut Imports) -> Code {
    let method = format_ident!("{}", if enabled { "if_enabled" } else { "if_disabled" });
    let path = at.path.by_ref();
    Code::If {
        condition: quote! { operation.#method(errors, #path, #feature) },
        body: statements(steps, at, imports),
    }
}

fn level(level: Maturity, steps: &[Step<'_>], at: &At, imports: &mut Imports) -> TokenStream {
    let ty = imports.name("kgen::validation::Level");
    let level = match level {
        Maturity::Alpha => quote! { #ty::Alpha },
        Maturity::Beta => quote! { #ty::Beta },
    };
    let body = block(statements(steps, at, imports));
    quote! {
        {
            let first = errors.len();
            #body
            errors.mark_from(first, #level);
        }
    }
}

fn cases(rule: &str, cases: &[Vec<Step<'_>>], at: &At, imports: &mut Imports) -> TokenStream {
    let (function, errors, path) = (
        runtime(rule, imports),
        imports.name("kgen::validation::Errors"),
        at.path.by_ref(),
    );
    // Whether a case holds does not depend on what was there before.
    let at = &At {
        old: Old::none(),
        ..at.clone()
    };
    let branches: Vec<_> = cases
        .iter()
        .map(|steps| {
            let body = block(statements(steps, at, imports));
            let name = used("errors", &body);
            quote! { &|#name: &mut #errors| { #body } }
        })
        .collect();
    match (rule, branches.as_slice()) {
        ("rules::not", [branch]) => quote! { #function(errors, #path, #branch); },
        (_, branches) => quote! { #function(errors, #path, &[#(#branches),*]); },
    }
}
