//! `password`: a text that is not to be shown.

use crate::validation::{Errors, Path};

/// Anything. It says how a value is to be treated, not what it looks like.
pub fn password(_errors: &mut Errors, _path: &Path<'_>, _value: &str) {}
