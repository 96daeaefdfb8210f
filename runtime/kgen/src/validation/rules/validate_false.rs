//! `+k8s:validateFalse`: nothing holds, for tests of the order of rules.

use serde::Serialize;

use crate::validation::{BadValue, Error, Errors, Path};

/// Fails with this message, whatever the value is.
pub fn validate_false<T: Serialize + ?Sized>(errors: &mut Errors, path: &Path<'_>, value: &T, message: &str) {
    errors.push_with(|| {
        Error::invalid(path, BadValue::of(value), format!("forced failure: {message}")).with_origin("validateFalse")
    });
}
