//! Why the main API server gave no answer that one can use.

use std::fmt;
use std::time::Duration;

/// Why the main API server gave no answer that one can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The kubeconfig, or what it refers to, is not valid.
    Configuration(String),
    /// There was no answer.
    Transport {
        /// What happened.
        message: String,
        /// Whether the connection broke off, so that another one may do.
        broken: bool,
    },
    /// It was refused.
    Status {
        /// The HTTP status code.
        code: u16,
        /// What the server says about it.
        message: String,
        /// When the server wants to be asked again.
        retry_after: Option<Duration>,
    },
    /// The answer, or what was to be sent, is not what it should be.
    Body(String),
}

impl Error {
    pub(super) fn transport(message: impl fmt::Display) -> Self {
        Self::Transport {
            message: message.to_string(),
            broken: false,
        }
    }

    pub(super) fn configuration(message: impl fmt::Display) -> Self {
        Self::Configuration(message.to_string())
    }

    /// Whether the same request may well be answered in a moment; as upstream's `webhook.DefaultShouldRetry`.
    pub fn passes(&self) -> bool {
        match self {
            Self::Configuration(_) | Self::Body(_) => false,
            Self::Transport { broken, .. } => *broken,
            Self::Status { code, retry_after, .. } => matches!(code, 429 | 500 | 504) || retry_after.is_some(),
        }
    }

    /// The HTTP status code, if there was an answer.
    pub fn code(&self) -> Option<u16> {
        match self {
            Self::Status { code, .. } => Some(*code),
            Self::Configuration(_) | Self::Transport { .. } | Self::Body(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(message) => f.write_str(message),
            Self::Transport { message, .. } => write!(f, "cannot reach the main API server: {message}"),
            Self::Status { code, message, .. } => write!(f, "the main API server answers {code}: {message}"),
            Self::Body(message) => write!(f, "the main API server's answer is not understood: {message}"),
        }
    }
}

impl std::error::Error for Error {}
