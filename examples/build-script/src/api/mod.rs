//! The versions of the API.

pub mod v1;
