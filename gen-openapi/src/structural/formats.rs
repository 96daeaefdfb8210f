//! Named formats of Kubernetes as patterns. An API server knows `k8s-short-name` and `k8s-long-name` in a schema since
//! 1.34 and none of the others, and it ignores formats that it does not know: so a CRD gets what every server enforces.

/// A format as keywords. What they cannot say of it (the length of a prefix, the prefixes that an extended resource may
/// not have) is said by [`conditions`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Format {
    /// The name, which begins with `k8s-`.
    pub(crate) name: &'static str,
    /// Characters at most.
    pub(crate) max_length: Option<u64>,
    /// The form.
    pub(crate) pattern: &'static str,
    /// What such a value is, with its article.
    pub(crate) noun: &'static str,
    /// Whether some API server knows the name.
    pub(crate) is_served: bool,
}

/// The formats of Kubernetes, by name.
const FORMATS: [Format; 11] = [
    format(
        "k8s-extended-resource-name",
        Some(317),
        PREFIXED_LABEL_KEY,
        "a resource name with a prefix",
    ),
    format("k8s-label-key", Some(317), LABEL_KEY, "a label key"),
    format("k8s-label-value", Some(63), LABEL_VALUE, "a label value"),
    served("k8s-long-name", 253, LONG, "a lower-case DNS subdomain"),
    format("k8s-long-name-caseless", Some(253), LONG_CASELESS, "a DNS subdomain"),
    format("k8s-path-segment-name", None, PATH_SEGMENT, "a path segment"),
    format(
        "k8s-prefixed-label-key",
        Some(317),
        PREFIXED_LABEL_KEY,
        "a label key with a prefix",
    ),
    format(
        "k8s-resource-fully-qualified-name",
        Some(96),
        QUALIFIED,
        "a DNS subdomain, a slash and an identifier",
    ),
    format(
        "k8s-resource-pool-name",
        Some(253),
        POOL,
        "DNS subdomains separated by slashes",
    ),
    served("k8s-short-name", 63, SHORT, "a lower-case DNS label"),
    format("k8s-uuid", Some(36), UUID, "a UUID in lower case"),
];

const fn format(name: &'static str, max_length: Option<u64>, pattern: &'static str, noun: &'static str) -> Format {
    Format {
        name,
        max_length,
        pattern,
        noun,
        is_served: false,
    }
}

const fn served(name: &'static str, max_length: u64, pattern: &'static str, noun: &'static str) -> Format {
    Format {
        name,
        max_length: Some(max_length),
        pattern,
        noun,
        is_served: true,
    }
}

/// Whether a format is one of Kubernetes, or means to be.
pub(crate) fn is_of_kubernetes(name: &str) -> bool {
    name.starts_with("k8s-")
}

/// The format behind a name.
pub(crate) fn known(name: &str) -> Option<Format> {
    FORMATS.into_iter().find(|format| format.name == name)
}

/// What a format demands besides its pattern and its length, of `self` in CEL, with the words for those who break it.
pub(crate) fn conditions(name: &str) -> &'static [(&'static str, &'static str)] {
    match name {
        "k8s-extended-resource-name" => &[
            (
                "!self.contains('kubernetes.io/') && !self.startsWith('requests.')",
                "may not have the prefix of Kubernetes or of a request",
            ),
            (
                "self.indexOf('/') <= 244",
                "may not have a prefix of more than 244 characters",
            ),
        ],
        "k8s-label-key" | "k8s-prefixed-label-key" => &[(
            "self.indexOf('/') <= 253",
            "may not have a prefix of more than 253 characters",
        )],
        "k8s-resource-fully-qualified-name" => &[(
            "self.indexOf('/') <= 63",
            "may not have a prefix of more than 63 characters",
        )],
        _ => &[],
    }
}

const SHORT: &str = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
const LONG: &str = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
const LONG_CASELESS: &str = r"^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*$";
const LABEL_KEY: &str = r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";
const PREFIXED_LABEL_KEY: &str =
    r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";
const LABEL_VALUE: &str = "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$";
// Neither `.` nor `..`, and no `/` or `%`.
const PATH_SEGMENT: &str = r"^(\.{0,2}[^./%][^/%]*|\.{3}[^/%]*)$";
const UUID: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
const QUALIFIED: &str =
    r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z_][A-Za-z0-9_]{0,31}$";
const POOL: &str = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?([./][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

#[cfg(test)]
mod tests {
    use super::FORMATS;

    #[test]
    fn every_format_has_its_keywords() {
        assert_eq!(FORMATS.map(|format| format.name), kgen_model::rules::FORMATS);
    }
}
