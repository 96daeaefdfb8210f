//! What is written by hand.

use crate::generated::shop::v1::Thing;

kgen::version! { group = "own.example.com", version = "v1" }

/// What something weighs.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Weight {
    /// Of the whole.
    pub grams: i64,
    /// The heaviest.
    pub heaviest: Option<Thing>,
}
