//! Why a value cannot be converted.

use std::fmt;

/// Why a value cannot be said in the other version, and where it stands.
///
/// ```
/// use kgen::conversion::ConversionError;
///
/// let error = ConversionError::new("300 does not fit into u8").in_key("east").in_index(2).in_field("gates");
/// assert_eq!(error.to_string(), "gates[2][east]: 300 does not fit into u8");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    path: String,
    message: String,
}

impl ConversionError {
    /// An error of the value at hand.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            path: String::new(),
            message: message.into(),
        }))
    }

    /// A value of an enum that the other version does not have.
    #[must_use]
    pub fn no_counterpart(value: &str) -> Self {
        Self::new(format!("the other version has no {value:?}"))
    }

    /// The same error, seen from the struct that holds the value in this field.
    #[must_use]
    pub fn in_field(mut self, name: &str) -> Self {
        let separator = if self.0.path.is_empty() || self.0.path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.0.path.insert_str(0, separator);
        self.0.path.insert_str(0, name);
        self
    }

    /// The same error, seen from the list that holds the value at this index.
    #[must_use]
    pub fn in_index(self, index: usize) -> Self {
        self.in_key(&index.to_string())
    }

    /// The same error, seen from the map that holds the value under this key.
    #[must_use]
    pub fn in_key(self, key: &str) -> Self {
        self.in_field(&format!("[{key}]"))
    }

    /// Where the value stands, as `spec.gates[2][east]`. Empty for the whole object.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Why it cannot be converted.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.0.path)?;
        }
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for ConversionError {}
