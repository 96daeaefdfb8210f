//! `+k8s:monotonic`: a value never decreases.

use crate::validation::{Error, Errors, Number, Operation, Path};

/// The value is not decreased by an update.
pub fn monotonic<N: Number>(errors: &mut Errors, path: &Path<'_>, operation: &Operation<'_>, value: N, old: Option<N>) {
    if let Some(old) = old
        && operation.is_update()
        && value < old
    {
        errors.push_with(|| {
            let detail = format!("may not be decreased from {}", old.show());
            Error::invalid(path, value.bad_value(), detail).with_origin("monotonic")
        });
    }
}
