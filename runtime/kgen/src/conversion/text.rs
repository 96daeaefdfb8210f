//! Values that are strings in documents: enums of names, and newtypes over strings.

use serde::Serialize;
use serde::de::{DeserializeOwned, IntoDeserializer};

use super::ConversionError;

/// The value that has this name in documents.
///
/// # Errors
/// When there is no such value.
pub fn from_text<T: DeserializeOwned>(text: String) -> Result<T, ConversionError> {
    let deserializer = IntoDeserializer::<serde_json::Error>::into_deserializer(text);
    T::deserialize(deserializer).map_err(|error| ConversionError::new(error.to_string()))
}

/// The name that a value has in documents.
///
/// # Errors
/// When the value is no string there.
pub fn to_text<T: Serialize>(value: &T) -> Result<String, ConversionError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        Ok(other) => Err(ConversionError::new(format!("{other} is no string"))),
        Err(error) => Err(ConversionError::new(error.to_string())),
    }
}
