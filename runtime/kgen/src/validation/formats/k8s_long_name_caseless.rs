//! `k8s-long-name-caseless`: a DNS subdomain in any case.

use super::names::{self, Subject};
use crate::validation::{Errors, Path};

/// A long name that may have upper case letters. Deprecated upstream.
pub fn k8s_long_name_caseless(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-long-name-caseless",
        prefix: "",
    };
    names::subdomain(errors, &subject, value, true);
}
