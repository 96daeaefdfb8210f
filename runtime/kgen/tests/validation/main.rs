//! x
mod formats;
