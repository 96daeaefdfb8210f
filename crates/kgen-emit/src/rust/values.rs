//! Constant values of Rust types.

use std::collections::BTreeSet;

use kgen_model::Literal;
use kgen_model::model::{Float, MapKind};
use proc_macro2::{Ident, Literal as Token, TokenStream};
use quote::quote;

use super::types::{ident, map_path};
use crate::Imports;

/// A value as an expression of one Rust type. Paths are absolute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `true`
    Bool(bool),
    /// `-1`
    Int(i128),
    /// `1.5`
    Float(f64, Float),
    /// `"x".to_owned()`
    Text(String),
    /// `json!({ "a": 1 })`
    Json(Literal),
    /// `None`
    None,
    /// `Some(x)`
    Some(Box<Value>),
    /// `Box::new(x)`
    Boxed(Box<Value>),
    /// `Vec::from([x])`
    List(Vec<Value>),
    /// `[x]`
    Array(Vec<Value>),
    /// `BTreeMap::from([(k, v)])`
    Map {
        /// Which map.
        kind: MapKind,
        /// What is in it.
        entries: Vec<(Value, Value)>,
    },
    /// `Phase::Done`, `Phase::Other(x)`
    Variant {
        /// The enum's path.
        ty: String,
        /// The variant's name.
        name: String,
        /// What it carries.
        content: Option<Box<Value>>,
    },
    /// `Sku(x)`
    Newtype {
        /// The type's path.
        ty: String,
        /// What it holds.
        content: Box<Value>,
    },
    /// `Retry { limit: 5, ..Retry::start() }`
    Struct {
        /// The type's path.
        ty: String,
        /// The fields that are named, in the order of declaration.
        fields: Vec<(String, Value)>,
        /// The fields that are not.
        rest: Rest,
    },
    /// `Default::default()`
    Default,
    /// `Timestamp::constant(0, 0)`
    Timestamp {
        /// Since 1970.
        seconds: i64,
        /// On top of them.
        nanoseconds: i32,
    },
    /// `Duration::from_nanos(0)`
    Duration {
        /// The length, or how long ago.
        nanoseconds: i64,
    },
}

/// What the fields of a struct hold that are not named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// There are none.
    Nothing,
    /// What is there when nothing is given: `..Retry::start()`.
    Start,
    /// What they hold by default: `..Retry::default()`.
    Default,
}

/// How the value is best handed to methods such as `unwrap_or`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// As it is: `unwrap_or(5)`.
    Constant,
    /// It is the default of its type: `unwrap_or_default()`.
    Default,
    /// It is what [`Value::function`] returns: `unwrap_or_else(Retry::start)`.
    Function,
    /// It has to be built: `unwrap_or_else(|| "x".to_owned())`.
    Built,
}

impl Value {
    /// `Retry::start()`, which is [`Rest::Start`] and nothing else.
    #[must_use]
    pub fn start(ty: String) -> Self {
        Self::Struct {
            ty,
            fields: Vec::new(),
            rest: Rest::Start,
        }
    }

    /// How the value is best handed over.
    #[must_use]
    pub fn cost(&self) -> Cost {
        let cost = |value: &Self| match value.cost() {
            Cost::Constant => Cost::Constant,
            Cost::Default | Cost::Function | Cost::Built => Cost::Built,
        };
        match self {
            Self::Bool(_) | Self::Int(_) | Self::Float(..) | Self::None | Self::Duration { .. } => Cost::Constant,
            Self::Text(text) if text.is_empty() => Cost::Default,
            Self::List(items) if items.is_empty() => Cost::Default,
            Self::Map { entries, .. } if entries.is_empty() => Cost::Default,
            Self::Default => Cost::Default,
            Self::Json(_) | Self::Text(_) | Self::Boxed(_) | Self::List(_) => Cost::Built,
            Self::Map { .. } | Self::Timestamp { .. } => Cost::Built,
            Self::Some(content) | Self::Newtype { content, .. } => cost(content),
            Self::Variant { content, .. } => content.as_deref().map_or(Cost::Constant, cost),
            Self::Array(items) => most(items.iter().map(cost)),
            Self::Struct { fields, rest, .. } => match rest {
                Rest::Nothing => most(fields.iter().map(|(_, value)| cost(value))),
                Rest::Start if fields.is_empty() => Cost::Function,
                Rest::Default if fields.is_empty() => Cost::Default,
                Rest::Start | Rest::Default => Cost::Built,
            },
        }
    }

    /// The function that makes the value, if it is [`Cost::Function`].
    pub fn function(&self, imports: &mut Imports) -> Option<TokenStream> {
        match self {
            Self::Struct { ty, .. } if self.cost() == Cost::Function => {
                let ty = with_start(ty, imports);
                Some(quote! { #ty::start })
            }
            _ => None,
        }
    }

    /// Adds the fields and variants that the expression names, with the paths of their types.
    pub fn members<'a>(&'a self, into: &mut BTreeSet<(&'a str, &'a str)>) {
        match self {
            Self::Bool(_) | Self::Int(_) | Self::Float(..) | Self::Text(_) | Self::Json(_) => {}
            Self::None | Self::Default | Self::Timestamp { .. } | Self::Duration { .. } => {}
            Self::Some(content) | Self::Boxed(content) | Self::Newtype { content, .. } => content.members(into),
            Self::List(items) | Self::Array(items) => items.iter().for_each(|item| item.members(into)),
            Self::Map { entries, .. } => {
                for (key, value) in entries {
                    key.members(into);
                    value.members(into);
                }
            }
            Self::Variant { ty, name, content } => {
                into.insert((ty, name));
                if let Some(content) = content {
                    content.members(into);
                }
            }
            Self::Struct { ty, fields, .. } => {
                for (name, value) in fields {
                    into.insert((ty, name));
                    value.members(into);
                }
            }
        }
    }

    /// The value as an expression.
    pub fn tokens(&self, imports: &mut Imports) -> TokenStream {
        match self {
            Self::Bool(value) => quote! { #value },
            Self::Int(value) => int(*value),
            Self::Float(value, width) => float(*value, *width),
            Self::Text(text) if text.is_empty() => quote! { String::new() },
            Self::Text(text) => quote! { #text.to_owned() },
            Self::Json(literal) => {
                let (json, literal) = (imports.name("kgen::serde_json::json"), json(literal));
                quote! { #json!(#literal) }
            }
            Self::None => quote! { None },
            Self::Some(content) => wrapped(&quote! { Some }, content, imports),
            Self::Boxed(content) => wrapped(&quote! { Box::new }, content, imports),
            Self::List(items) if items.is_empty() => quote! { Vec::new() },
            Self::List(items) => {
                let items = each(items, imports);
                quote! { Vec::from([#(#items),*]) }
            }
            Self::Array(items) => {
                let items = each(items, imports);
                quote! { [#(#items),*] }
            }
            Self::Map { kind, entries } => map(*kind, entries, imports),
            Self::Variant { ty, name, content } => {
                let (ty, name) = (imports.name(ty), ident(name));
                match content {
                    Some(content) => wrapped(&quote! { #ty::#name }, content, imports),
                    None => quote! { #ty::#name },
                }
            }
            Self::Newtype { ty, content } => {
                let ty = imports.name(ty);
                wrapped(&quote! { #ty }, content, imports)
            }
            Self::Struct { ty, fields, rest } => strukt(ty, fields, *rest, imports),
            Self::Default => quote! { Default::default() },
            Self::Timestamp { seconds, nanoseconds } => {
                let timestamp = imports.name("kgen::k8s_openapi::jiff::Timestamp");
                let (seconds, nanoseconds) = (int(i128::from(*seconds)), int(i128::from(*nanoseconds)));
                quote! { #timestamp::constant(#seconds, #nanoseconds) }
            }
            Self::Duration { nanoseconds } => {
                let (duration, nanoseconds) = (imports.name("kgen::k8s::Duration"), int(i128::from(*nanoseconds)));
                quote! { #duration::from_nanos(#nanoseconds) }
            }
        }
    }
}

fn most(costs: impl Iterator<Item = Cost>) -> Cost {
    if costs.into_iter().all(|cost| cost == Cost::Constant) {
        Cost::Constant
    } else {
        Cost::Built
    }
}

fn each(values: &[Value], imports: &mut Imports) -> Vec<TokenStream> {
    values.iter().map(|value| value.tokens(imports)).collect()
}

fn wrapped(constructor: &TokenStream, content: &Value, imports: &mut Imports) -> TokenStream {
    let content = content.tokens(imports);
    quote! { #constructor(#content) }
}

fn map(kind: MapKind, entries: &[(Value, Value)], imports: &mut Imports) -> TokenStream {
    let map = imports.name(map_path(kind));
    if entries.is_empty() {
        return quote! { #map::new() };
    }
    let entries = entries.iter().map(|(key, value)| {
        let (key, value) = (key.tokens(imports), value.tokens(imports));
        quote! { (#key, #value) }
    });
    quote! { #map::from([#(#entries),*]) }
}

fn strukt(ty: &str, fields: &[(String, Value)], rest: Rest, imports: &mut Imports) -> TokenStream {
    let name = imports.name(ty);
    let base = match rest {
        Rest::Nothing => None,
        Rest::Start => {
            let name = with_start(ty, imports);
            Some(quote! { #name::start() })
        }
        Rest::Default => Some(quote! { #name::default() }),
    };
    match (base, fields) {
        (Some(base), []) => base,
        (base, fields) => {
            let names = fields.iter().map(|(name, _)| ident(name));
            let values = fields.iter().map(|(_, value)| value.tokens(imports));
            let base = base.map(|base| quote! { ..#base });
            quote! { #name { #(#names: #values,)* #base } }
        }
    }
}

/// The type's name, with the trait in scope that gives it `start`.
fn with_start(ty: &str, imports: &mut Imports) -> Ident {
    imports.methods("kgen::codec::Decode");
    imports.name(ty)
}

/// A whole number without a suffix.
fn int(value: i128) -> TokenStream {
    let digits = Token::u128_unsuffixed(value.unsigned_abs());
    let sign = value.is_negative().then(|| quote! { - });
    quote! { #sign #digits }
}

/// A number with a point or an exponent, as short as it can be without another meaning.
fn float(value: f64, width: Float) -> TokenStream {
    let digits = match width {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the nearest value is what the field holds"
        )]
        Float::F32 => format!("{:?}", (value as f32).abs()),
        Float::F64 => format!("{:?}", value.abs()),
    };
    let digits: Option<Token> = digits.parse().ok();
    let sign = value.is_sign_negative().then(|| quote! { - });
    quote! { #sign #digits }
}

/// What stands in `json!(..)`.
fn json(literal: &Literal) -> TokenStream {
    match literal {
        Literal::Null => quote! { null },
        Literal::Bool(value) => quote! { #value },
        Literal::Int(value) => json_int(*value),
        Literal::Float(value) => float(*value, Float::F64),
        Literal::String(text) => quote! { #text },
        Literal::List(items) => {
            let items = items.iter().map(json);
            quote! { [#(#items),*] }
        }
        Literal::Object(members) => {
            let (names, values) = (members.keys(), members.values().map(json));
            quote! { { #(#names: #values),* } }
        }
    }
}

/// Numbers without a suffix are `i32` there.
fn json_int(value: i128) -> TokenStream {
    let suffix = match (i32::try_from(value), i64::try_from(value)) {
        (Ok(_), _) => return int(value),
        (Err(_), Ok(_)) => "i64",
        (Err(_), Err(_)) => "u64",
    };
    let digits: Option<Token> = format!("{}_{suffix}", value.unsigned_abs()).parse().ok();
    let sign = value.is_negative().then(|| quote! { - });
    quote! { #sign #digits }
}
