//! `k8s-extended-resource-name`: the name of a resource of others.

use super::names::{self, Subject};
use crate::validation::{Errors, Path};

/// A name with a domain that is not one of Kubernetes, and that makes a label key when `requests.` stands before it.
pub fn k8s_extended_resource_name(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-extended-resource-name",
        prefix: "",
    };
    if !value.contains('/') {
        subject.invalid(errors, || {
            "a name must be a domain-prefixed path, such as 'example.com/my-prop'".to_owned()
        });
    } else if value.contains("kubernetes.io/") {
        subject.invalid(errors, || "must not have \"kubernetes.io/\" domain".to_owned());
    }
    if value.starts_with("requests.") {
        subject.invalid(errors, || "must not have \"requests.\" prefix".to_owned());
    }
    names::label_key(errors, &subject, "requests.", value);
}
