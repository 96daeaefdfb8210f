//! Elements of lists, and values and keys of maps.

use kgen_emit::Imports;
use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, named, scoped, used};
use super::unchanged;
use crate::validation::plan::{Correlation, ItemKey, KeyText, Step, TextOf};
use crate::validation::render::arguments::{equals, key_of};
use crate::validation::render::code::{Code, block};
use crate::validation::render::place::{At, Expr, Old};

pub(super) fn elements(by: &Correlation<'_>, steps: &[Step<'_>], at: &At, imports: &mut Imports) -> TokenStream {
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

pub(super) fn item(keys: &[ItemKey<'_>], steps: &[Step<'_>], at: &At, imports: &mut Imports) -> TokenStream {
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

pub(super) fn entries(
    key: &KeyText<'_>,
    ratchet: bool,
    steps: &[Step<'_>],
    at: &At,
    imports: &mut Imports,
) -> TokenStream {
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

/// Errors about keys stand at the path of the map.
pub(super) fn keys(key: &KeyText<'_>, steps: &[Step<'_>], at: &At, imports: &mut Imports) -> TokenStream {
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
