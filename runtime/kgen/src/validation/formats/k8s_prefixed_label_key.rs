//! `k8s-prefixed-label-key`: the key of a label, with a domain.

use super::names::{self, Subject};
use crate::validation::{Errors, Path};

/// A label key that has a long name and a slash before its name: `example.com/name`.
pub fn k8s_prefixed_label_key(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-prefixed-label-key",
        prefix: "",
    };
    let before = errors.len();
    names::label_key(errors, &subject, "", value);
    if errors.len() == before && !value.contains('/') {
        subject.invalid(errors, || "must include a prefix (e.g. 'example.com/key')".to_owned());
    }
}
