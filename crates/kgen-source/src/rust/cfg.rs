//! What `cfg` leaves. Only `test` is known to be off; every other condition may hold.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Meta};

/// Whether an item is only there when tests are built.
pub(crate) fn is_test_only(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => holds(list.tokens.clone()) == Some(false),
        Meta::List(_) | Meta::Path(_) | Meta::NameValue(_) => false,
    })
}

/// The attributes that a `cfg_attr(condition, a, b)` stands for. What no compiler ever sees, behind `any()`, is a note for
/// kgen: a marker that needs no derive to be legal.
pub(crate) fn conditional(tokens: TokenStream) -> Vec<Meta> {
    let mut parts = split(tokens).into_iter();
    let condition = parts.next();
    if condition
        .as_ref()
        .is_some_and(|condition| condition.to_string().replace(' ', "") == "any()")
    {
        let metas = parts.filter_map(|part| syn::parse2::<Meta>(part).ok());
        return metas.filter(|meta| meta.path().is_ident("kgen")).collect();
    }
    if condition.and_then(holds) == Some(false) {
        return Vec::new();
    }
    parts.filter_map(|part| syn::parse2(part).ok()).collect()
}

/// Whether a condition holds outside of tests; `None` where that depends on more.
fn holds(condition: TokenStream) -> Option<bool> {
    let tokens: Vec<TokenTree> = condition.into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(word)] if word == "test" || word == "false" => Some(false),
        [TokenTree::Ident(word)] if word == "true" => Some(true),
        [TokenTree::Ident(word), TokenTree::Group(group)] => {
            let parts: Vec<Option<bool>> = split(group.stream()).into_iter().map(holds).collect();
            match word.to_string().as_str() {
                "not" => parts.first().copied().flatten().map(|holds| !holds),
                "all" => decide(&parts, false),
                "any" => decide(&parts, true),
                _ => None,
            }
        }
        _ => None,
    }
}

/// One part that is `winner` decides; otherwise all must be known.
fn decide(parts: &[Option<bool>], winner: bool) -> Option<bool> {
    if parts.contains(&Some(winner)) {
        return Some(winner);
    }
    parts.iter().all(Option::is_some).then_some(!winner)
}

/// The parts between commas.
pub(crate) fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    tokens
        .split(is_comma)
        .filter(|part| !part.is_empty())
        .map(|part| part.iter().cloned().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_tests_is_off() {
        let cases = [
            ("test", Some(false)),
            ("all(test, unix)", Some(false)),
            ("any(test, all(test, windows))", Some(false)),
            ("not(not(test))", Some(false)),
            ("any(test, unix)", None),
            ("not(test)", Some(true)),
            ("feature = \"test\"", None),
            ("all()", Some(true)),
            ("", None),
        ];
        for (condition, wanted) in cases {
            let tokens = condition.parse().expect("a case is made of tokens");
            assert_eq!(holds(tokens), wanted, "{condition}");
        }
    }
}
