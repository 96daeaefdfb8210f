//! The arguments of rules.

use kgen_emit::Imports;
use kgen_emit::rust::ident;
use kgen_model::analysis::SetTest;
use kgen_model::facts::UpdateConstraint;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::super::plan::{Argument, Call, Discriminator, Equal, Excluded, Key, KeyForm, SetMember, TagText, TextOf};
use super::place::{At, Expr};

/// A call of the runtime.
pub(super) fn call(call: &Call<'_>, at: &At, imports: &mut Imports) -> TokenStream {
    let function = runtime(call.function, imports);
    let path = at.path.by_ref();
    let pattern = call.arguments.iter().find_map(|argument| match argument {
        Argument::Pattern(pattern) => Some(*pattern),
        _ => None,
    });
    let arguments: Vec<_> = call
        .arguments
        .iter()
        .map(|argument| self::argument(argument, at, imports))
        .collect();
    let call = quote! { #function(errors, #path, #(#arguments),*); };
    match pattern {
        None => call,
        Some(pattern) => {
            let ty = imports.name("kgen::validation::Pattern");
            let text = text_literal(pattern);
            quote! {
                {
                    static PATTERN: #ty = #ty::new(#text);
                    #call
                }
            }
        }
    }
}

/// A function of the runtime by its path in `kgen::validation`.
pub(super) fn runtime(path: &str, imports: &mut Imports) -> TokenStream {
    match path.split_once("::") {
        Some((module, function)) => {
            let module = imports.name(&format!("kgen::validation::{module}"));
            let function = ident(function);
            quote! { #module::#function }
        }
        None => {
            let function = imports.name(&format!("kgen::validation::{path}"));
            quote! { #function }
        }
    }
}

/// Text; a raw literal where there are backslashes.
fn text_literal(text: &str) -> TokenStream {
    let is_raw = text.contains('\\') && !text.contains("\"#") && !text.contains('\r');
    let raw = if text.contains('"') {
        format!("r#\"{text}\"#")
    } else {
        format!("r\"{text}\"")
    };
    let raw = Some(raw).filter(|_| is_raw).and_then(|raw| raw.parse().ok());
    raw.unwrap_or_else(|| quote! { #text })
}

fn argument(argument: &Argument<'_>, at: &At, imports: &mut Imports) -> TokenStream {
    match argument {
        Argument::Operation => quote! { operation },
        Argument::Value => at.value.by_ref(),
        Argument::List => at.value.coerced(),
        Argument::Copy => at.value.by_value(),
        Argument::Text(text) => text_of(*text, &at.value, imports),
        Argument::PlainText(TextOf::String) => at.value.text(),
        Argument::PlainText(TextOf::Enum) => text_of(TextOf::Enum, &at.value, imports),
        Argument::Len => len(at),
        Argument::CountSet(members) => count_set(members, at, imports),
        Argument::Old => at.old.reference(),
        Argument::OldCopy => at.old.copied(),
        Argument::Slices { is_option } => slices(*is_option, at),
        Argument::IsSet(test) => is_set(*test, &at.value, imports),
        Argument::WasSet(test) => at.old.map(|old| is_set(*test, old, imports)),
        Argument::Int(value) => int(*value),
        Argument::Float(value) => float(*value),
        Argument::Count(count) => Literal::u64_unsuffixed(*count).to_token_stream(),
        Argument::Said(text) => quote! { #text },
        Argument::Bool(value) => quote! { #value },
        Argument::Several(arguments) => {
            let arguments = arguments.iter().map(|one| self::argument(one, at, imports));
            quote! { &[#(#arguments),*] }
        }
        Argument::Constraints(constraints) => self::constraints(constraints, imports),
        Argument::Pattern(_) => quote! { &PATTERN },
        Argument::KeyOf(keys) => key_of(keys, imports),
        Argument::Names(names) => quote! { &[#(#names),*] },
        Argument::AreSet(members) => are_set(members, &at.value, imports),
        Argument::WereSet(members) => at.old.map(|old| are_set(members, old, imports)),
        Argument::Members(members) => {
            let members = with_names(members, at, imports);
            quote! { &#members }
        }
        Argument::Pair(members) => with_names(members.as_slice(), at, imports),
        Argument::Discriminated(discriminator, members) => discriminated(discriminator, members, imports),
        Argument::Chosen(discriminator, members) => chosen(discriminator, members, &at.value, imports),
        Argument::WasChosen(discriminator, members) => at.old.map(|old| chosen(discriminator, members, old, imports)),
        Argument::Exclusions(excluded) => exclusions(excluded, imports),
    }
}

fn len(at: &At) -> TokenStream {
    let value = at.value.receiver();
    quote! { #value.len() }
}

fn count_set(members: &[SetMember<'_>], at: &At, imports: &mut Imports) -> TokenStream {
    let set = are_set(members, &at.value, imports);
    quote! { #set.into_iter().filter(|is_set| *is_set).count() }
}

fn constraints(constraints: &[UpdateConstraint], imports: &mut Imports) -> TokenStream {
    let ty = imports.name("kgen::validation::rules::Constraint");
    let constraints = constraints.iter().map(|constraint| {
        let name = constraint_name(*constraint);
        quote! { #ty::#name }
    });
    quote! { &[#(#constraints),*] }
}

fn discriminated(discriminator: &Discriminator<'_>, members: &[(&str, &str)], imports: &mut Imports) -> TokenStream {
    let ty = imports.name("kgen::validation::rules::Discriminated");
    let wire = discriminator.wire;
    let members = members.iter().map(|(wire, tag)| quote! { (#wire, #tag) });
    quote! { &#ty { discriminator: #wire, members: &[#(#members),*] } }
}

fn exclusions(excluded: &[Excluded<'_>], imports: &mut Imports) -> TokenStream {
    let ty = imports.name("kgen::validation::rules::Exclusion");
    let excluded = excluded.iter().map(|one| {
        let (value, feature, when) = (one.value, one.feature, one.when);
        quote! { #ty { value: #value, option: #feature, when: #when } }
    });
    quote! { &[#(#excluded),*] }
}

/// Members, each with whether it is set.
fn with_names(members: &[SetMember<'_>], at: &At, imports: &mut Imports) -> TokenStream {
    let pairs: Vec<_> = members
        .iter()
        .map(|member| {
            let (wire, set) = (member.wire, is_set(member.test, &at.value.way(&member.way), imports));
            quote! { (#wire, #set) }
        })
        .collect();
    quote! { [#(#pairs),*] }
}

fn text_of(text: TextOf, value: &Expr, imports: &mut Imports) -> TokenStream {
    match text {
        TextOf::String => value.coerced(),
        TextOf::Enum => {
            imports.methods("kgen::codec::StringEnum");
            let value = value.receiver();
            quote! { #value.name() }
        }
    }
}

fn slices(is_option: bool, at: &At) -> TokenStream {
    let old = if is_option {
        at.old.some().slice()
    } else {
        at.old.slice()
    };
    let value = at.value.receiver();
    let new = if is_option {
        quote! { #value.as_deref().unwrap_or_default() }
    } else {
        at.value.coerced()
    };
    quote! { (#new, #old.unwrap_or_default()) }
}

/// Whether a value is set.
pub(super) fn is_set(test: SetTest, value: &Expr, imports: &mut Imports) -> TokenStream {
    let place = value.receiver();
    match test {
        SetTest::Always => quote! { true },
        SetTest::Some => quote! { #place.is_some() },
        SetTest::Filled => quote! { !#place.is_empty() },
        SetTest::True => value.by_value(),
        SetTest::NotZero => {
            let value = value.by_value();
            quote! { #value != 0 }
        }
        SetTest::NotEmpty => {
            let (empty, value) = (imports.name("kgen::codec::Empty"), value.by_ref());
            quote! { !#empty::is_empty(#value) }
        }
    }
}

fn are_set(members: &[SetMember<'_>], value: &Expr, imports: &mut Imports) -> TokenStream {
    let set: Vec<_> = members
        .iter()
        .map(|member| is_set(member.test, &value.way(&member.way), imports))
        .collect();
    quote! { [#(#set),*] }
}

fn chosen(
    discriminator: &Discriminator<'_>,
    members: &[SetMember<'_>],
    value: &Expr,
    imports: &mut Imports,
) -> TokenStream {
    let set = are_set(members, value, imports);
    let tag = tag(discriminator, &value.member(discriminator.name), imports);
    quote! { (#tag, #set) }
}

/// The text of a discriminator; empty if it is not set.
fn tag(discriminator: &Discriminator<'_>, value: &Expr, imports: &mut Imports) -> TokenStream {
    let place = value.receiver();
    let choose = |value: TokenStream| quote! { if #value { "true" } else { "false" } };
    match (&discriminator.text, discriminator.is_option) {
        (TagText::String(way), false) => value.way(way).coerced(),
        (TagText::String(way), true) if way.is_empty() => quote! { #place.as_deref().unwrap_or_default() },
        (TagText::String(way), true) => {
            let text = Expr::reference(quote! { tag }).way(way).coerced();
            quote! { #place.as_ref().map_or("", |tag| #text) }
        }
        (TagText::Enum(way), false) => text_of(TextOf::Enum, &value.way(way), imports),
        (TagText::Enum(way), true) if way.is_empty() => {
            let names = imports.name("kgen::codec::StringEnum");
            quote! { #place.as_ref().map_or("", #names::name) }
        }
        (TagText::Enum(way), true) => {
            let text = text_of(TextOf::Enum, &Expr::reference(quote! { tag }).way(way), imports);
            quote! { #place.as_ref().map_or("", |tag| #text) }
        }
        (TagText::Bool, false) => choose(value.by_value()),
        (TagText::Bool, true) => {
            let tag = choose(quote! { tag });
            quote! { #place.map_or("", |tag| #tag) }
        }
    }
}

/// A closure that gives the keys of an element.
pub(super) fn key_of(keys: &[Key<'_>], imports: &mut Imports) -> TokenStream {
    let item = Expr::reference(quote! { item });
    let keys: Vec<_> = keys.iter().map(|key| self::key(key, &item, imports)).collect();
    match keys.as_slice() {
        [key] => quote! { |item| #key },
        keys => quote! { |item| (#(#keys),*) },
    }
}

fn key(key: &Key<'_>, item: &Expr, imports: &mut Imports) -> TokenStream {
    let place = item.way(&key.way);
    if !key.is_option {
        return plain_key(&key.form, &place, imports);
    }
    let tokens = place.receiver();
    match &key.form {
        KeyForm::Copy(way) if way.is_empty() => quote! { #tokens },
        KeyForm::Text(way) if way.is_empty() => quote! { #tokens.as_deref() },
        form => {
            let inner = plain_key(form, &Expr::reference(quote! { key }), imports);
            quote! { #tokens.as_ref().map(|key| #inner) }
        }
    }
}

fn plain_key(form: &KeyForm<'_>, place: &Expr, imports: &mut Imports) -> TokenStream {
    match form {
        KeyForm::Copy(way) => place.way(way).by_value(),
        KeyForm::Text(way) => {
            let text = place.way(way);
            let text = text.receiver();
            quote! { &*#text }
        }
        KeyForm::Name(way) => text_of(TextOf::Enum, &place.way(way), imports),
    }
}

/// Whether a place equals a constant.
pub(super) fn equals(place: &Expr, is_option: bool, equal: &Equal<'_>, imports: &mut Imports) -> TokenStream {
    let tokens = place.receiver();
    match (equal, is_option) {
        (Equal::Text(text), false) => quote! { #tokens == #text },
        (Equal::Text(text), true) => quote! { #tokens.as_deref() == Some(#text) },
        (Equal::Int(value), false) => {
            let (place, value) = (place.by_value(), int(*value));
            quote! { #place == #value }
        }
        (Equal::Int(value), true) => {
            let value = int(*value);
            quote! { #tokens == Some(#value) }
        }
        (Equal::Bool(true), false) => place.by_value(),
        (Equal::Bool(false), false) => {
            let place = place.by_value();
            quote! { !#place }
        }
        (Equal::Bool(value), true) => quote! { #tokens == Some(#value) },
        (Equal::Variant { ty, name }, is_option) => {
            let (ty, name) = (imports.name(ty), ident(name));
            let pattern = quote! { #ty::#name };
            let pattern = if is_option {
                quote! { Some(#pattern) }
            } else {
                pattern
            };
            quote! { matches!(#tokens, #pattern) }
        }
        (Equal::Other { ty, name, text }, is_option) => {
            let (ty, name) = (imports.name(ty), ident(name));
            let pattern = quote! { #ty::#name(name) };
            let pattern = if is_option {
                quote! { Some(#pattern) }
            } else {
                pattern
            };
            quote! { matches!(&#tokens, #pattern if name == #text) }
        }
    }
}

fn int(value: i128) -> TokenStream {
    let digits = Literal::u128_unsuffixed(value.unsigned_abs());
    if value < 0 {
        quote! { -#digits }
    } else {
        quote! { #digits }
    }
}

fn float(value: f64) -> TokenStream {
    let digits = Literal::f64_unsuffixed(value.abs());
    if value.is_sign_negative() {
        quote! { -#digits }
    } else {
        quote! { #digits }
    }
}

fn constraint_name(constraint: UpdateConstraint) -> proc_macro2::Ident {
    match constraint {
        UpdateConstraint::NoSet => format_ident!("NoSet"),
        UpdateConstraint::NoUnset => format_ident!("NoUnset"),
        UpdateConstraint::NoModify => format_ident!("NoModify"),
        UpdateConstraint::NoAddItem => format_ident!("NoAddItem"),
        UpdateConstraint::NoRemoveItem => format_ident!("NoRemoveItem"),
    }
}
