//! `k8s-label-key`: the key of a label.

use super::names::{self, Subject};
use crate::validation::{Errors, Path};

/// A name of up to 63 letters, digits, dashes, underscores and dots, which may have a long name and a slash before it.
pub fn k8s_label_key(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-label-key",
        prefix: "",
    };
    names::label_key(errors, &subject, "", value);
}
