//! Named formats of Kubernetes as patterns. An API server knows `k8s-short-name` and `k8s-long-name` in a schema since
//! 1.34 and none of the others, and it ignores formats that it does not know: so a CRD gets what every server enforces.

/// The formats of Kubernetes.
pub(crate) const NAMES: [&str; 11] = [
    "k8s-extended-resource-name",
    "k8s-label-key",
    "k8s-label-value",
    "k8s-long-name",
    "k8s-long-name-caseless",
    "k8s-path-segment-name",
    "k8s-prefixed-label-key",
    "k8s-resource-fully-qualified-name",
    "k8s-resource-pool-name",
    "k8s-short-name",
    "k8s-uuid",
];

/// Whether a format is one of Kubernetes, or means to be.
pub(crate) fn is_of_kubernetes(name: &str) -> bool {
    name.starts_with("k8s-")
}

/// A format as keywords.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Format {
    /// Characters at most.
    pub(crate) max_length: u64,
    /// The form.
    pub(crate) pattern: &'static str,
    /// What such a value is, with its article.
    pub(crate) noun: &'static str,
    /// Whether some API server knows it by name.
    pub(crate) has_name: bool,
}

/// The format behind a name that begins with `k8s-`. Where a pattern cannot say all of it (the length of a prefix, the
/// prefixes that an extended resource may not have), the rest is left to native validation.
pub(crate) fn known(name: &str) -> Option<Format> {
    let format = |max_length, pattern, noun| Format {
        max_length,
        pattern,
        noun,
        has_name: false,
    };
    Some(match name {
        "k8s-short-name" => Format {
            has_name: true,
            ..format(63, SHORT, "a lower-case DNS label")
        },
        "k8s-long-name" => Format {
            has_name: true,
            ..format(253, LONG, "a lower-case DNS subdomain")
        },
        "k8s-long-name-caseless" => format(253, LONG_CASELESS, "a DNS subdomain"),
        "k8s-label-key" => format(317, LABEL_KEY, "a label key"),
        "k8s-prefixed-label-key" => format(317, PREFIXED_LABEL_KEY, "a label key with a prefix"),
        "k8s-label-value" => format(63, LABEL_VALUE, "a label value"),
        "k8s-path-segment-name" => format(253, PATH_SEGMENT, "a path segment"),
        "k8s-uuid" => format(36, UUID, "a UUID in lower case"),
        "k8s-extended-resource-name" => format(317, PREFIXED_LABEL_KEY, "a resource name with a prefix"),
        "k8s-resource-fully-qualified-name" => format(96, QUALIFIED, "a DNS subdomain and an identifier"),
        "k8s-resource-pool-name" => format(253, POOL, "DNS subdomains separated by slashes"),
        _ => return None,
    })
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
const QUALIFIED: &str = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/[A-Za-z_][A-Za-z0-9_]{0,31}$";
const POOL: &str = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?([./][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
