//! `k8s-resource-fully-qualified-name`: a domain, a slash and an identifier.

use super::names::{self, Subject};
use crate::validation::{Errors, Path};

/// A long name of up to 63 bytes, a slash, and an identifier of up to 32 bytes.
///
/// As upstream, it lets pass whatever has more than one slash.
pub fn k8s_resource_fully_qualified_name(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-resource-fully-qualified-name",
        prefix: "",
    };
    match value.split_once('/') {
        None => {
            names::identifier(errors, &subject, value, 32);
            let rule = "a fully qualified name must be a domain and a name separated by a slash";
            subject.invalid(errors, || rule.to_owned());
        }
        Some((_, name)) if name.contains('/') => {}
        Some((prefix, name)) => {
            if prefix.is_empty() {
                Subject { value: "", ..subject }.invalid(errors, || "prefix must not be empty".to_owned());
            } else {
                if prefix.len() > 63 {
                    subject.too_long(errors, 63);
                }
                let subject = Subject {
                    value: prefix,
                    prefix: "prefix: ",
                    ..subject
                };
                names::subdomain(errors, &subject, prefix, false);
            }
            if name.is_empty() {
                Subject { value: "", ..subject }.invalid(errors, || "name must not be empty".to_owned());
            } else {
                names::identifier(errors, &Subject { value: name, ..subject }, name, 32);
            }
        }
    }
}
