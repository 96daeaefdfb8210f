//! `k8s-uuid`: a UUID in its normal form.

use super::names::Subject;
use crate::validation::{Errors, Path};

/// Lower case hexadecimal digits and dashes, as 8-4-4-4-12.
pub fn k8s_uuid(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-uuid",
        prefix: "",
    };
    let is_valid = |(index, byte): (usize, u8)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
    };
    if value.len() != 36 || !value.bytes().enumerate().all(is_valid) {
        subject.invalid(errors, || "must be a lowercase UUID in 8-4-4-4-12 format".to_owned());
    }
}
