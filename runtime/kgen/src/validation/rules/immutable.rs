//! `+k8s:immutable`: a value stays as it was.

use crate::validation::{BadValue, Error, Errors, Operation, Path};

/// The value is not changed by an update.
///
/// It does not compare: call it after [`Operation::unchanged`] has let values that stayed the same pass.
pub fn immutable(errors: &mut Errors, path: &Path<'_>, operation: &Operation<'_>) {
    if operation.is_update() {
        errors.push_with(|| Error::invalid(path, BadValue::null(), "field is immutable").with_origin("immutable"));
    }
}
