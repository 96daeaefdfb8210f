//! Types as a person writes them, implementations as the generators write them, and what the two do together.

mod fixture;

mod decoding;
mod deep_copies;
mod defaulting;
mod encoding;
mod merging;
mod objects;
mod properties;
mod schemes;
mod selectors;
mod strictness;
mod unions;
