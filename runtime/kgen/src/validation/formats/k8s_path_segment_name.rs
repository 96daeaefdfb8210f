//! `k8s-path-segment-name`: a name that can stand in a path.

use super::names::Subject;
use crate::validation::{Errors, Path};

/// Anything but `.`, `..` and what has a slash or a percent sign in it.
pub fn k8s_path_segment_name(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-path-segment-name",
        prefix: "",
    };
    if matches!(value, "." | "..") {
        subject.invalid(errors, || format!("may not be '{value}'"));
        return;
    }
    for illegal in ['/', '%'] {
        if value.contains(illegal) {
            subject.invalid(errors, || format!("may not contain '{illegal}'"));
        }
    }
}
