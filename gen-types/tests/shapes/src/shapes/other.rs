//! A module of its own, for what is flattened across modules.

use super::Carrier;

/// Has no default, and stands in others.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub struct Handling {
    /// Who does it when there is time.
    pub slow: Carrier,
    /// Whether there is none.
    #[kgen(required, nullable)]
    pub hurry: Option<bool>,
}
