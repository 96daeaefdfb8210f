//! Loads annotated Rust sources and CRDs into the draft of kgen. This is the only room that sees syn's input. It decides
//! nothing (names, defaults and cycles are for resolving) and prints nothing: what is wrong goes into the report.

pub mod crd;
mod rust;

pub use rust::{Input, load, load_text};
