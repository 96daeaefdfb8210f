//! The conversion of one value, as an expression.

use kgen_emit::Imports;
use kgen_emit::rust::{Cost, Value, ident};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::pairs::How;

/// An expression.
pub(super) enum Converted {
    /// The value itself.
    Plain(TokenStream),
    /// A `Result` of it.
    Result(TokenStream),
}

/// The expression that converts what stands at a place.
pub(super) fn convert(how: &How, place: TokenStream, imports: &mut Imports) -> Converted {
    match how {
        How::Move => Converted::Plain(place),
        How::Convert => {
            let convert_from = imports.name("kgen::conversion::ConvertFrom");
            Converted::Result(quote! { #convert_from::convert_from(#place) })
        }
        How::FromText => {
            let from_text = imports.name("kgen::conversion::from_text");
            Converted::Result(quote! { #from_text(#place) })
        }
        How::ToText => {
            let to_text = imports.name("kgen::conversion::to_text");
            Converted::Result(quote! { #to_text(&#place) })
        }
        How::ToQuantity => {
            let quantity = imports.name("kgen::conversion::quantity");
            Converted::Result(quote! { #quantity(#place) })
        }
        How::Option(inner) => optional(inner, place, imports),
        How::Filled(inner) => {
            let filled = imports.name("kgen::conversion::filled");
            optional(inner, quote! { #filled(#place) }, imports)
        }
        How::OrDefault(inner) => match optional(inner, place, imports) {
            Converted::Plain(value) => Converted::Plain(quote! { #value.unwrap_or_default() }),
            Converted::Result(result) => Converted::Result(quote! { #result.map(Option::unwrap_or_default) }),
        },
        How::Some(inner) => around(convert(inner, place, imports), &quote! { Some }),
        How::Or(inner, value) => or(optional(inner, place, imports), value, imports),
        How::Unboxed(inner) => convert(inner, unboxed(inner, &place), imports),
        How::Boxed(inner) => around(convert(inner, place, imports), &quote! { Box::new }),
        How::Unwrapped(field, inner) => {
            let field = member(field);
            convert(inner, quote! { #place.#field }, imports)
        }
        How::Wrapped(path, field, inner) => wrapped(path, field, convert(inner, place, imports), imports),
        How::List(inner) => {
            let (list, each) = (imports.name("kgen::conversion::list"), each(inner, imports));
            Converted::Result(quote! { #list(#place, #each) })
        }
        How::Array(inner) => {
            let (array, each) = (imports.name("kgen::conversion::array"), each(inner, imports));
            Converted::Result(quote! { #array(#place, #each) })
        }
        How::Map(key, value) => {
            let map = imports.name("kgen::conversion::map");
            let (key, value) = (each(key, imports), each(value, imports));
            Converted::Result(quote! { #map(#place, #key, #value) })
        }
    }
}

/// What an `Option` holds, or a value.
fn or(converted: Converted, value: &Value, imports: &mut Imports) -> Converted {
    let tokens = value.tokens(imports);
    let unwrap = match value.cost() {
        Cost::Constant => quote! { unwrap_or(#tokens) },
        Cost::Default => quote! { unwrap_or_default() },
        Cost::Function => {
            let function = value.function(imports);
            quote! { unwrap_or_else(#function) }
        }
        Cost::Built => quote! { unwrap_or_else(|| #tokens) },
    };
    match converted {
        Converted::Plain(option) => Converted::Plain(quote! { #option.#unwrap }),
        Converted::Result(result) => Converted::Result(quote! { #result.map(|value| value.#unwrap) }),
    }
}

/// What an `Option` holds.
fn optional(inner: &How, place: TokenStream, imports: &mut Imports) -> Converted {
    if *inner == How::Move {
        return Converted::Plain(place);
    }
    match convert(inner, quote! { value }, imports) {
        Converted::Plain(value) => Converted::Plain(quote! { #place.map(|value| #value) }),
        Converted::Result(_) => {
            let each = each(inner, imports);
            Converted::Result(quote! { #place.map(#each).transpose() })
        }
    }
}

/// The function that converts each value of a container.
fn each(how: &How, imports: &mut Imports) -> TokenStream {
    match how {
        How::Move => quote! { Ok },
        How::Convert => {
            let convert_from = imports.name("kgen::conversion::ConvertFrom");
            quote! { #convert_from::convert_from }
        }
        How::FromText => {
            let from_text = imports.name("kgen::conversion::from_text");
            quote! { #from_text }
        }
        How::ToQuantity => {
            let quantity = imports.name("kgen::conversion::quantity");
            quote! { #quantity }
        }
        how => match convert(how, quote! { value }, imports) {
            Converted::Plain(value) => quote! { |value| Ok(#value) },
            Converted::Result(result) => quote! { |value| #result },
        },
    }
}

/// What a box holds, in parentheses where something follows.
fn unboxed(inner: &How, place: &TokenStream) -> TokenStream {
    match inner {
        How::Unwrapped(..) | How::Option(_) | How::OrDefault(_) | How::Or(..) => quote! { (*#place) },
        _ => quote! { *#place },
    }
}

fn around(converted: Converted, constructor: &TokenStream) -> Converted {
    match converted {
        Converted::Plain(value) => Converted::Plain(quote! { #constructor(#value) }),
        Converted::Result(result) => Converted::Result(quote! { #result.map(#constructor) }),
    }
}

fn wrapped(path: &str, field: &str, content: Converted, imports: &mut Imports) -> Converted {
    let ty = imports.name(path);
    if is_index(field) {
        return around(content, &quote! { #ty });
    }
    let field = ident(field);
    match content {
        Converted::Plain(value) => Converted::Plain(quote! { #ty { #field: #value } }),
        Converted::Result(result) => Converted::Result(quote! { #result.map(|#field| #ty { #field }) }),
    }
}

/// A field, or the `0` of a newtype.
pub(super) fn member(name: &str) -> TokenStream {
    match name.parse() {
        Ok(index) => {
            let index = Literal::u64_unsuffixed(index);
            quote! { #index }
        }
        Err(_) => {
            let name = ident(name);
            quote! { #name }
        }
    }
}

/// Whether a field has no name.
pub(super) fn is_index(field: &str) -> bool {
    field.starts_with(|c: char| c.is_ascii_digit())
}
