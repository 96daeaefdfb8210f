//! Why a server cannot start.

use std::fmt;

/// Why a server cannot start: a file, a certificate or the main API server is not what the options say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartError(pub String);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

impl From<String> for StartError {
    fn from(message: String) -> Self {
        Self(message)
    }
}

impl From<crate::cluster::Error> for StartError {
    fn from(error: crate::cluster::Error) -> Self {
        Self(error.to_string())
    }
}
