//! `+k8s:enum`: a value is one of a few.

use serde::Serialize;

use crate::validation::text;
use crate::validation::{Error, Errors, Operation, Path, Scalar};

/// The value is one of `values`. The message lists them in order.
pub fn enum_values(errors: &mut Errors, path: &Path<'_>, value: &str, values: &[&str]) {
    if !values.contains(&value) {
        errors.push_with(|| not_supported(path, value, values.to_vec()));
    }
}

/// A value of an enum that an option takes away (`+k8s:enumExclude` under `+k8s:ifEnabled` or `+k8s:ifDisabled`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exclusion<'a> {
    /// The value.
    pub value: &'a str,
    /// The option.
    pub option: &'a str,
    /// Whether it takes the value away when it is on, or when it is off.
    pub when: bool,
}

/// The value is one of `values` that no option takes away. An option that nobody defined is an internal error.
pub fn enum_values_except(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    value: &str,
    values: &[&str],
    exclusions: &[Exclusion<'_>],
) {
    let excluded = is_excluded(errors, path, operation, value, exclusions);
    if excluded.is_some_and(|excluded| excluded || !values.contains(&value)) {
        errors.push_with(|| not_supported(path, value, left(operation, values, exclusions)));
    }
}

/// No option takes the value away; all others are legal, known or not. The message lists those of `known` that are left.
/// An option that nobody defined is an internal error.
pub fn enum_excluded(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    value: &str,
    known: &[&str],
    exclusions: &[Exclusion<'_>],
) {
    if is_excluded(errors, path, operation, value, exclusions) == Some(true) {
        errors.push_with(|| not_supported(path, value, left(operation, known, exclusions)));
    }
}

/// Whether an option takes the value away; none if nobody defined one of them.
fn is_excluded(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    value: &str,
    exclusions: &[Exclusion<'_>],
) -> Option<bool> {
    let mut excluded = false;
    for exclusion in exclusions {
        let on = operation.option(errors, path, exclusion.option)?;
        excluded |= exclusion.when == on && exclusion.value == value;
    }
    Some(excluded)
}

/// The values that no option takes away.
fn left<'v>(operation: &Operation<'_>, values: &[&'v str], exclusions: &[Exclusion<'_>]) -> Vec<&'v str> {
    let is_excluded = |value: &str| {
        exclusions
            .iter()
            .any(|exclusion| exclusion.value == value && operation.is_on(exclusion.option) == Some(exclusion.when))
    };
    values.iter().copied().filter(|value| !is_excluded(value)).collect()
}

/// The value is one of `values`, which are no texts. The message lists them as they are given, in JSON.
pub fn enum_scalars<T: Scalar + Serialize>(errors: &mut Errors, path: &Path<'_>, value: T, values: &[T]) {
    if !values.contains(&value) {
        errors.push_with(|| {
            let supported: Vec<String> = values.iter().map(text::json).collect();
            Error::not_supported(path, value.bad_value(), &supported)
        });
    }
}

fn not_supported(path: &Path<'_>, value: &str, mut supported: Vec<&str>) -> Error {
    supported.sort_unstable();
    Error::not_supported(path, value, &supported)
}
