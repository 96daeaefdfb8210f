//! Steps as statements.

use kgen_emit::Imports;
use kgen_emit::rust::{binding, ident};
use kgen_model::analysis::SetTest;
use kgen_model::facts::Maturity;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::super::plan::{
    Argument, Call, Correlation, Equal, Function, ItemKey, KeyText, Member, Modes, Step, Takes, TextOf, Variant, Via,
};
use super::arguments::{call, equals, is_set, key_of, runtime};
use super::code::{Code, block, mentions};
use super::place::{At, Expr, Old, Path};

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
        Step::Option { some, required } => return option(some, *required, at, imports),
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
        } => {
            let (method, path) = (
                format_ident!("{}", if *enabled { "if_enabled" } else { "if_disabled" }),
                at.path.by_ref(),
            );
            Code::If {
                condition: quote! { operation.#method(errors, #path, #feature) },
                body: statements(steps, at, imports),
            }
        }
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

/// Where steps stand.
struct Scope<'a> {
    /// The path is not that of what surrounds them.
    is_apart: bool,
    /// How the content of an `Option` is called.
    binding: &'a str,
}

/// Steps of a block of their own. What several of them use has a name.
fn scoped(steps: &[Step<'_>], mut at: At, scope: Scope<'_>, imports: &mut Imports) -> Vec<Code> {
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
fn named(steps: &[Step<'_>], at: &At, name: &str, imports: &mut Imports) -> Vec<Code> {
    match steps {
        [Step::Option { some, required }] => option_named(some, *required, at, name, imports),
        [before @ .., Step::Option { some, required }] if !before.is_empty() => {
            let mut codes = statements(before, at, imports);
            codes.extend(option_named(some, *required, at, name, imports));
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

fn is_replaced(step: &Step<'_>) -> bool {
    matches!(step, Step::IfReplaced(_))
}

/// Whether the path is used once.
fn is_simple(steps: &[Step<'_>]) -> bool {
    match steps {
        [Step::Call(Call { function: _, arguments })] => !arguments.iter().any(|it| matches!(it, Argument::Pattern(_))),
        [Step::Validate | Step::Function(_)] => true,
        [Step::IfReplaced(steps) | Step::OnUpdate(steps) | Step::IfSet { test: _, steps }] => is_simple(steps),
        [Step::Inner { via, steps }] => !via.iter().any(is_conditional) && is_simple(steps),
        _ => false,
    }
}

fn is_conditional(via: &Via<'_>) -> bool {
    match via {
        Via::Box | Via::Newtype(_) => false,
        Via::Option | Via::Int | Via::String => true,
    }
}

/// How often steps use the old value.
fn uses_of_old(steps: &[Step<'_>]) -> usize {
    steps.iter().map(uses_of_old_in).sum()
}

fn uses_of_old_in(step: &Step<'_>) -> usize {
    match step {
        Step::Call(call) => call.arguments.iter().filter(|argument| needs_old(argument)).count(),
        Step::Function(_) | Step::Validate | Step::Member(_) | Step::Entries { .. } | Step::Keys { .. } => 1,
        Step::Item { .. } => 1,
        Step::Elements { by, .. } => usize::from(*by != Correlation::None),
        Step::Gate => 0,
        Step::Cohort(steps)
        | Step::OnUpdate(steps)
        | Step::Option { some: steps, .. }
        | Step::IfSet { steps, .. }
        | Step::Inner { steps, .. }
        | Step::IfFeature { steps, .. }
        | Step::Level { steps, .. } => uses_of_old(steps),
        Step::IfReplaced(steps) => 1 + uses_of_old(steps),
        Step::Variants { variants, .. } => variants.len(),
        Step::Modes(_) => 2,
        Step::Cases { cases, .. } => cases.iter().map(|steps| uses_of_old(steps)).sum(),
    }
}

fn needs_old(argument: &Argument<'_>) -> bool {
    matches!(
        argument,
        Argument::Old
            | Argument::OldCopy
            | Argument::Slices { .. }
            | Argument::WasSet(_)
            | Argument::WereSet(_)
            | Argument::WasChosen(..)
    )
}

fn option(some: &[Step<'_>], required: bool, at: &At, imports: &mut Imports) -> Vec<Code> {
    option_named(some, required, at, "value", imports)
}

fn option_named(some: &[Step<'_>], required: bool, at: &At, name: &str, imports: &mut Imports) -> Vec<Code> {
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

/// A field's name as that of a variable, unless generated code uses that itself.
fn local(name: &str) -> Ident {
    if RESERVED.contains(&name) {
        ident("value")
    } else {
        binding(name)
    }
}

fn inner(via: &[Via<'_>], steps: &[Step<'_>], at: &At, imports: &mut Imports) -> Vec<Code> {
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

fn elements(by: &Correlation<'_>, steps: &[Step<'_>], at: &At, imports: &mut Imports) -> TokenStream {
    let here = |old: Old| At {
        value: Expr::reference(quote! { value }),
        old,
        path: at.path.index(),
    };
    let scope = || Scope {
        is_apart: true,
        binding: "value",
    };
    let (list, old) = (at.value.coerced(), at.old.slice());
    match by {
        Correlation::None => {
            let body = block(scoped(steps, here(Old::none()), scope(), imports));
            let list = at.value.receiver();
            quote! { for (index, value) in #list.iter().enumerate() { #body } }
        }
        Correlation::Set => {
            let body = block(scoped(steps, here(Old::none()), scope(), imports));
            let each = imports.name("kgen::validation::each_in_set");
            quote! { #each(operation, #list, #old, |index, value| { #body }); }
        }
        Correlation::Keys(keys) => {
            let body = block(scoped(steps, here(Old::variable()), scope(), imports));
            let (each, key) = (imports.name("kgen::validation::each_by_key"), key_of(keys, imports));
            let old_name = used("old", &body);
            quote! { #each(operation, #list, #old, #key, |index, value, #old_name| { #body }); }
        }
    }
}

/// The name of an argument, with an underscore if nothing uses it.
fn used(name: &str, body: &TokenStream) -> Ident {
    if mentions(body, name) {
        ident(name)
    } else {
        format_ident!("_{name}")
    }
}

fn entries(key: &KeyText<'_>, ratchet: bool, steps: &[Step<'_>], at: &At, imports: &mut Imports) -> TokenStream {
    let scope = Scope {
        is_apart: true,
        binding: "value",
    };
    let (map, old) = (at.value.by_ref(), at.old.reference());
    if *key == KeyText::String && ratchet {
        let here = At {
            value: Expr::reference(quote! { value }),
            old: Old::variable(),
            path: at.path.key(&quote! { key }),
        };
        let body = block(scoped(steps, here, scope, imports));
        let (each, old_name) = (imports.name("kgen::validation::each_entry"), used("old", &body));
        return quote! { #each(operation, #map, #old, |key, value, #old_name| { #body }); };
    }
    let here = At {
        value: Expr::reference(quote! { value }),
        old: at.old.and_then_get(),
        path: at.path.key(&key_text(key, imports)),
    };
    let unchanged = ratchet.then(|| unchanged(&here));
    let body = scoped(steps, here, scope, imports);
    let body = match unchanged {
        Some(unchanged) => block(vec![Code::If {
            condition: quote! { !#unchanged },
            body,
        }]),
        None => block(body),
    };
    quote! { for (key, value) in #map { #body } }
}

fn key_text(key: &KeyText<'_>, imports: &mut Imports) -> TokenStream {
    let expression = Expr::reference(quote! { key });
    match key {
        KeyText::String => quote! { key },
        KeyText::Other {
            way,
            text: TextOf::String,
        } => expression.way(way).coerced(),
        KeyText::Other {
            way,
            text: TextOf::Enum,
        } => {
            imports.methods("kgen::codec::StringEnum");
            let value = expression.way(way);
            let value = value.receiver();
            quote! { #value.name() }
        }
    }
}

/// Errors about keys stand at the path of the map.
fn keys(key: &KeyText<'_>, steps: &[Step<'_>], at: &At, imports: &mut Imports) -> TokenStream {
    let name = quote! { key };
    let value = match key {
        KeyText::String => Expr::text_reference(name),
        KeyText::Other { .. } => Expr::reference(name),
    };
    let here = At {
        value,
        old: Old::none(),
        path: at.path.clone(),
    };
    let body = named(steps, &here, "value", imports);
    if *key == KeyText::String {
        let (map, old, body) = (at.value.by_ref(), at.old.reference(), block(body));
        let each = imports.name("kgen::validation::each_key");
        return quote! { #each(operation, #map, #old, |key| { #body }); };
    }
    let map = at.value.receiver();
    let was_there = at.old.map(|old| {
        let old = old.receiver();
        quote! { #old.contains_key(key) }
    });
    let body = block(vec![Code::If {
        condition: quote! { !(operation.is_update() && #was_there.unwrap_or_default()) },
        body,
    }]);
    quote! { for key in #map.keys() { #body } }
}

fn item(keys: &[ItemKey<'_>], steps: &[Step<'_>], at: &At, imports: &mut Imports) -> TokenStream {
    let element = Expr::reference(quote! { item });
    let tests: Vec<_> = keys
        .iter()
        .map(|key| equals(&element.way(&key.way), key.is_option, &key.equal, imports))
        .collect();
    let here = At {
        value: Expr::reference(quote! { value }),
        old: Old::variable(),
        path: at.path.index(),
    };
    let scope = Scope {
        is_apart: true,
        binding: "value",
    };
    let body = block(scoped(steps, here, scope, imports));
    let (list, old) = (at.value.coerced(), at.old.slice());
    let (find, value, old_name) = (
        imports.name("kgen::validation::item"),
        used("value", &body),
        used("old", &body),
    );
    quote! { #find(operation, #list, #old, |item| #(#tests)&&*, |index, #value, #old_name| { #body }); }
}

fn variants(variants: &[Variant<'_>], ty: &str, more: bool, at: &At, imports: &mut Imports) -> Vec<Code> {
    let subject = at.value.by_ref();
    let ty = if subject.to_string() == "self" {
        ident("Self")
    } else {
        imports.name(ty)
    };
    let arm = |variant: &Variant<'_>, imports: &mut Imports| {
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
    };
    if let ([variant], true) = (variants, more) {
        let (pattern, body) = arm(variant, imports);
        return vec![Code::IfLet { pattern, subject, body }];
    }
    let arms: Vec<_> = variants
        .iter()
        .map(|variant| {
            let (pattern, body) = arm(variant, imports);
            let body = block(body);
            quote! { #pattern => { #body } }
        })
        .collect();
    let rest = more.then(|| quote! { _ => {} });
    vec![Code::Do(quote! { match #subject { #(#arms)* #rest } })]
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

fn modes(field: &Modes<'_>, at: &At, imports: &mut Imports) -> Code {
    let name = field.member.way.last().copied().unwrap_or_default();
    let old = field
        .member
        .way
        .iter()
        .fold(at.old.clone(), |old, name| old.member(name));
    let here = At {
        value: at.value.way(&field.member.way),
        old,
        path: at.path.child(field.member.wire),
    };
    let path = here.path.by_ref();
    let discriminator = at.value.way(&field.discriminator);
    let forbidden = runtime("rules::forbidden", imports);
    let is_set = is_set(field.member.test, &here.value, imports);
    let here = At {
        path: Path::variable(),
        ..here
    };
    let both = field.ratchet.then(|| {
        let old = field
            .discriminator
            .iter()
            .fold(at.old.clone(), |old, name| old.member(name));
        let mode = unchanged(&At {
            value: discriminator.clone(),
            old,
            path: Path::variable(),
        });
        let value = unchanged(&here);
        quote! { !(#mode && #value) }
    });
    let (with_rules, without): (Vec<_>, Vec<_>) = field.modes.iter().partition(|(_, steps)| !steps.is_empty());
    let mut any_of = |modes: &[Equal<'_>]| {
        let tests: Vec<_> = modes
            .iter()
            .map(|mode| equals(&discriminator, field.is_option, mode, imports))
            .collect();
        quote! { #(#tests)||* }
    };
    let conditions: Vec<_> = with_rules.iter().map(|(modes, _)| any_of(modes)).collect();
    let otherwise = without.first().map(|(modes, _)| any_of(modes));
    let otherwise = otherwise.map(|free| quote! { if !(#free) });
    let mut chain = TokenStream::new();
    for (condition, (_, steps)) in conditions.iter().zip(with_rules) {
        let body = block(named(steps, &here, name, imports));
        chain.extend(quote! { if #condition { #body } else });
    }
    let forbid = quote! { #forbidden(errors, path, #is_set); };
    let last = if chain.is_empty() && otherwise.is_none() {
        forbid
    } else {
        quote! { #chain #otherwise { #forbid } }
    };
    let body = vec![Code::Do(quote! { let path = #path; }), Code::Do(last)];
    match both {
        Some(condition) => Code::If { condition, body },
        None => {
            let body = block(body);
            Code::Do(quote! { { #body } })
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
