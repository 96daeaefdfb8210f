//! `k8s-short-name`: a DNS label.

use super::names::{self, Subject};
use crate::validation::{Errors, Path};

/// Up to 63 lower case letters, digits and dashes, with no dash at the ends: `my-name`.
pub fn k8s_short_name(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-short-name",
        prefix: "",
    };
    names::label(errors, &subject, value);
}
