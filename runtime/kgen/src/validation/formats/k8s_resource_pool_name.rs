//! `k8s-resource-pool-name`: long names between slashes.

use super::names::{self, Subject};
use crate::validation::{Errors, Path};

/// Up to 253 bytes of long names between slashes.
pub fn k8s_resource_pool_name(errors: &mut Errors, path: &Path<'_>, value: &str) {
    let subject = Subject {
        path,
        value,
        origin: "format=k8s-resource-pool-name",
        prefix: "",
    };
    if value.len() > 253 {
        subject.too_long(errors, 253);
    }
    for (index, segment) in value.split('/').enumerate() {
        let before = errors.len();
        if segment.is_empty() {
            subject.invalid(errors, || "must not be empty".to_owned());
        } else {
            names::subdomain(
                errors,
                &Subject {
                    value: segment,
                    ..subject
                },
                segment,
                false,
            );
        }
        if errors.len() > before {
            errors.prefix_detail_from(before, &format!("segment {index}: "));
        }
    }
}
