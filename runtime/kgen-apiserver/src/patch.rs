//! The patches that change an object on its own terms: JSON patch (RFC 6902) and JSON merge patch (RFC 7386), with the
//! liberties that Kubernetes takes with both.

mod json_patch;
mod merge_patch;
mod pointer;

use std::fmt;

use serde_json::Value;

use crate::apply::is_shallow;

pub use self::json_patch::{MAX_COPIED_BYTES, MAX_OPERATIONS, json_patch};
pub use self::merge_patch::merge_patch;

/// Why an object is not patched. The texts are the messages of the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatchError {
    /// It is no patch.
    Malformed(String),
    /// It has more operations than are allowed.
    TooManyOperations(usize),
    /// An operation cannot be done to this object, or its test failed.
    Failed(String),
}

impl PatchError {
    /// Refuses what one cannot walk down into.
    fn check_depth(values: [&Value; 2]) -> Result<(), Self> {
        if values.into_iter().all(is_shallow) {
            Ok(())
        } else {
            Err(Self::Malformed("nested too deeply".to_owned()))
        }
    }

    /// The HTTP status.
    pub fn code(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::TooManyOperations(_) => 413,
            Self::Failed(_) => 422,
        }
    }

    /// The reason of the status.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "BadRequest",
            Self::TooManyOperations(_) => "RequestEntityTooLarge",
            Self::Failed(_) => "Invalid",
        }
    }
}

impl fmt::Display for PatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => f.write_str(why),
            Self::TooManyOperations(count) => {
                write!(
                    f,
                    "The allowed maximum operations in a JSON patch is {MAX_OPERATIONS}, got {count}"
                )
            }
            // What failed is told by the cause; the message is one for all.
            Self::Failed(_) => f.write_str("the server rejected our request due to an error in our request"),
        }
    }
}

impl std::error::Error for PatchError {}
