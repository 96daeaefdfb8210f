//! The conversion of a struct.

use kgen_emit::Imports;
use kgen_emit::rust::ident;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::function_call;
use super::value::{Converted, convert};
use crate::pairs::How;
use crate::plan::{Call, Fill, KeptPlan, Placed, Side, StructPlan, Taken, Way, When};

/// The parameter and the statements.
pub(super) fn body(plan: &StructPlan, side: Side, imports: &mut Imports) -> (TokenStream, TokenStream) {
    let parameter = match (plan.uses_source(), plan.changes_source()) {
        (false, _) => quote! { _source },
        (true, false) => quote! { source },
        (true, true) => quote! { mut source },
    };
    let function = plan.function.as_ref().map(|function| {
        let call = function_call(
            function,
            side,
            &quote! { &mut source },
            &quote! { &mut target },
            imports,
        );
        quote! {
            let mut target = Self::default();
            #call?;
        }
    });
    let calls: Vec<_> = plan.calls.iter().map(|call| own(call, side, imports)).collect();
    let restored: Vec<_> = plan
        .restored
        .iter()
        .map(|(local, key)| restore(local, key, imports))
        .collect();
    let taken: Vec<_> = plan.taken.iter().map(|taken| take(taken, imports)).collect();
    let literal = literal(&plan.fields, &quote! { Self }, imports);
    let placed: Vec<_> = plan.placed.iter().map(|placed| place(placed, imports)).collect();
    let kept: Vec<_> = plan.kept.iter().map(|kept| keep(kept, imports)).collect();
    let is_done = plan.fields.iter().all(|(_, fill)| *fill == Fill::Function) && function.is_some();
    let made = if placed.is_empty() && kept.is_empty() && is_done {
        quote! { Ok(target) }
    } else if placed.is_empty() && kept.is_empty() {
        quote! { Ok(#literal) }
    } else {
        quote! {
            let mut target = #literal;
            #(#placed)*
            #(#kept)*
            Ok(target)
        }
    };
    let statements = quote! { #function #(#calls)* #(#restored)* #(#taken)* #made };
    (parameter, statements)
}

/// A function of one field.
fn own(call: &Call, side: Side, imports: &mut Imports) -> TokenStream {
    let (at, local, name) = (imports.name("kgen::conversion::at"), ident(&call.local), &call.name);
    let from = match call.from.0.as_slice() {
        [(field, _)] => {
            let field = ident(field);
            quote! { &mut source.#field }
        }
        _ => {
            let taken = out_of(&call.from, imports);
            let value = if call.from.is_optional() {
                quote! { #taken.unwrap_or_default() }
            } else {
                taken
            };
            quote! { &mut #value }
        }
    };
    let result = function_call(&call.function, side, &from, &quote! { &mut #local }, imports);
    quote! {
        let mut #local = Default::default();
        #at(#name, #result)?;
    }
}

fn restore(local: &str, key: &str, imports: &mut Imports) -> TokenStream {
    let (restore, local) = (imports.name("kgen::conversion::restore"), ident(local));
    quote! { let #local = #restore(&mut source.metadata, #key)?; }
}

fn take(taken: &Taken, imports: &mut Imports) -> TokenStream {
    let (local, name) = (ident(&taken.local), &taken.name);
    let value = out_of(&taken.from, imports);
    let how = match (&taken.how, taken.from.is_optional()) {
        (How::Move, _) | (_, false) => taken.how.clone(),
        (_, true) => How::Option(Box::new(taken.how.clone())),
    };
    match convert(&how, value, imports) {
        Converted::Plain(value) => quote! { let #local = #value; },
        Converted::Result(result) => {
            let at = imports.name("kgen::conversion::at");
            quote! { let #local = #at(#name, #result)?; }
        }
    }
}

/// Moves a value out of the source. Behind an `Option` it is one too.
fn out_of(way: &Way, imports: &mut Imports) -> TokenStream {
    let Some(((last, _), through)) = way.0.split_last() else {
        return quote! { source };
    };
    let last = ident(last);
    if through.is_empty() {
        return quote! { source.#last };
    }
    let take = imports.name("std::mem::take");
    let mut place = quote! { source };
    let mut is_optional = false;
    for (name, is_option) in through {
        let name = ident(name);
        place = match (is_optional, is_option) {
            (false, false) => quote! { #place.#name },
            (false, true) => quote! { #place.#name.as_mut() },
            (true, false) => quote! { #place.map(|value| &mut value.#name) },
            (true, true) => quote! { #place.and_then(|value| value.#name.as_mut()) },
        };
        is_optional |= is_option;
    }
    if is_optional {
        quote! { #place.map(|value| #take(&mut value.#last)) }
    } else {
        quote! { #take(&mut #place.#last) }
    }
}

fn place(placed: &Placed, imports: &mut Imports) -> TokenStream {
    let local = ident(&placed.local);
    let place = into(&placed.to);
    match (placed.when, placed.is_option) {
        (When::Always, false) => quote! { #place = #local; },
        (When::Always, true) => quote! { if let Some(#local) = #local { #place = #local; } },
        (When::Some, false) => quote! { if let Some(#local) = #local { #place = Some(#local); } },
        (When::Some, true) => quote! { if let Some(Some(#local)) = #local { #place = Some(#local); } },
        (When::Filled, false) => {
            let is_default = imports.name("kgen::conversion::is_default");
            quote! { if !#is_default(&#local) { #place = #local; } }
        }
        (When::Filled, true) => {
            let is_default = imports.name("kgen::conversion::is_default");
            quote! { if let Some(#local) = #local && !#is_default(&#local) { #place = #local; } }
        }
    }
}

/// A place in the target, made on the way if need be.
fn into(way: &Way) -> TokenStream {
    let Some(((last, _), through)) = way.0.split_last() else {
        return quote! { target };
    };
    let last = ident(last);
    let through = through.iter().map(|(name, is_option)| {
        let name = ident(name);
        let made = is_option.then(|| quote! { .get_or_insert_default() });
        quote! { .#name #made }
    });
    quote! { target #(#through)* .#last }
}

fn keep(kept: &KeptPlan, imports: &mut Imports) -> TokenStream {
    let (keep, local, key) = (imports.name("kgen::conversion::keep"), ident(&kept.local), &kept.key);
    let usual = kept.usual.tokens(imports);
    let call = quote! { #keep(&mut target.metadata, #key, &#local, &#usual)?; };
    if kept.is_option {
        quote! { if let Some(#local) = #local { #call } }
    } else {
        call
    }
}

/// `Self { a: source.a }`
fn literal(fields: &[(String, Fill)], ty: &TokenStream, imports: &mut Imports) -> TokenStream {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, fill)| {
            let field = ident(name);
            filled(&field, fill, imports)
        })
        .collect();
    quote! { #ty { #(#fields),* } }
}

fn filled(field: &Ident, fill: &Fill, imports: &mut Imports) -> TokenStream {
    match fill {
        Fill::Source { way, how, name } => {
            let way = way.iter().map(|name| ident(name));
            let place = quote! { source #(.#way)* };
            let value = from_source(place, how, name, imports);
            quote! { #field: #value }
        }
        Fill::Local(local) => {
            let local = ident(local);
            if local == *field {
                quote! { #field }
            } else {
                quote! { #field: #local }
            }
        }
        Fill::Function => quote! { #field: target.#field },
        Fill::Value(value) => {
            let value = value.tokens(imports);
            quote! { #field: #value }
        }
        Fill::Struct(path, fields) => {
            let ty = imports.name(path);
            let value = literal(fields, &quote! { #ty }, imports);
            quote! { #field: #value }
        }
    }
}

fn from_source(place: TokenStream, how: &How, name: &str, imports: &mut Imports) -> TokenStream {
    if *how == How::Convert {
        let field = imports.name("kgen::conversion::field");
        return quote! { #field(#name, #place)? };
    }
    match convert(how, place, imports) {
        Converted::Plain(value) => value,
        Converted::Result(result) => {
            let at = imports.name("kgen::conversion::at");
            quote! { #at(#name, #result)? }
        }
    }
}
