//! `k8s-label-value`: the value of a label.

use super::names::{self, Subject};
use crate::validation::{Errors, Path};

/// Nothing, or up to 63 letters, digits, dashes, underscores and dots, with a letter or digit at the ends.
pub fn k8s_label_value(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-label-value",
        prefix: "",
    };
    names::label_value(errors, &subject, value);
}
