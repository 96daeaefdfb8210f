//! x
mod errors;
mod formats;
mod patterns;
mod types;
