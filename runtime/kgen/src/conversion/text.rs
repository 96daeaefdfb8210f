//! Values that are strings in documents: enums of names, newtypes over strings, times and durations.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::ConversionError;

/// The value that is this text in documents.
///
/// # Errors
/// When there is no such value.
pub fn from_text<T: DeserializeOwned>(text: String) -> Result<T, ConversionError> {
    serde_json::from_value(Value::String(text)).map_err(|error| ConversionError::new(error.to_string()))
}

/// The text that a value is in documents.
///
/// # Errors
/// When the value is no string there.
pub fn to_text<T: Serialize>(value: &T) -> Result<String, ConversionError> {
    match serde_json::to_value(value) {
        Ok(Value::String(text)) => Ok(text),
        Ok(other) => Err(ConversionError::new(format!("{other} is no string"))),
        Err(error) => Err(ConversionError::new(error.to_string())),
    }
}
