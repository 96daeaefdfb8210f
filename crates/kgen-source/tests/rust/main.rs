//! Rust sources to draft, seen from outside.

mod common;
mod drafts;
mod errors;
mod journey;
mod layout;
mod soup;
mod spans;
