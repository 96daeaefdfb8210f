//! Rust names, types and values of a model, as generated code writes them. What is decided is data ([`Type`],
//! [`Value`]), so that plans hold it and tests compare it; `tokens` turns it into code.

mod defaults;
mod deprecated;
mod duration;
mod endless;
mod fit;
mod structs;
#[cfg(test)]
mod tests;
mod timestamp;
mod types;
mod unions;
mod values;

pub use defaults::check_defaults;
pub use deprecated::Deprecated;
pub use fit::Misfit;
pub(crate) use types::is_keyword;
pub use types::{Type, binding, ident, module_path, path};
pub use values::{Cost, Rest, Value};
