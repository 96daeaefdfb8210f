//! Generates defaulting for API types.
