//! `k8s-long-name`: a DNS subdomain.

use super::names::{self, Subject};
use crate::validation::{Errors, Path};

/// Up to 253 bytes of short names of any length between dots: `example.com`.
pub fn k8s_long_name(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-long-name",
        prefix: "",
    };
    names::subdomain(errors, &subject, value, false);
}
