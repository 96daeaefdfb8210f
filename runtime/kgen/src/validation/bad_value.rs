//! The value that an error is about, as messages show it.

use std::fmt;

use serde::Serialize;

use super::text::{self, Float, Quoted};

/// The value that an error is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadValue {
    /// Not to be shown.
    Omitted,
    /// A text, shown in quotes.
    Text(String),
    /// Anything else, as the JSON that is shown: `3`, `null`, `{"name":"a"}`.
    Json(String),
}

impl BadValue {
    /// No value, shown as `null`.
    #[must_use]
    pub fn null() -> Self {
        Self::Json("null".to_owned())
    }

    /// Any value, shown as Go's `encoding/json` writes it.
    #[must_use]
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        let json = text::json(value);
        match json.starts_with('"').then(|| serde_json::from_str(&json)) {
            Some(Ok(text)) => Self::Text(text),
            Some(Err(_)) | None => Self::Json(json),
        }
    }
}

impl From<&str> for BadValue {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for BadValue {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<bool> for BadValue {
    fn from(value: bool) -> Self {
        Self::Json(value.to_string())
    }
}

impl From<i64> for BadValue {
    fn from(value: i64) -> Self {
        Self::Json(value.to_string())
    }
}

impl From<usize> for BadValue {
    fn from(value: usize) -> Self {
        Self::Json(value.to_string())
    }
}

impl From<f64> for BadValue {
    fn from(value: f64) -> Self {
        Self::Json(Float(value).to_string())
    }
}

/// As messages show it; nothing if it is omitted.
impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Omitted => Ok(()),
            Self::Text(text) => Quoted(text).fmt(f),
            Self::Json(json) => f.write_str(json),
        }
    }
}
