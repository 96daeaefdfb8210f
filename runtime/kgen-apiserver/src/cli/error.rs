//! Why a server does not run, and what to do about it.

use std::fmt;

use crate::api::ApiError;
use crate::auth::StartError;

/// Why a server does not run, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CliError {
    message: String,
    help: Option<String>,
}

impl CliError {
    /// What is the matter.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for CliError {}

impl From<StartError> for CliError {
    fn from(error: StartError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<ApiError> for CliError {
    fn from(error: ApiError) -> Self {
        Self::new(error.to_string()).help("generate the API anew: `kgen all`")
    }
}
