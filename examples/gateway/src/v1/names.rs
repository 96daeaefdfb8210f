//! Strings and numbers with rules of their own; the rules hold wherever the type is used.

/// The API group of a resource. Empty stands for the core group.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(
    max_length = 253,
    pattern = r"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
)]
pub struct Group(pub String);

/// The kind of a resource, such as `Service`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(min_length = 1, max_length = 63, pattern = "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$")]
pub struct Kind(pub String);

/// The name of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(min_length = 1, max_length = 253)]
pub struct ObjectName(pub String);

/// The name of a namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(min_length = 1, max_length = 63, pattern = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
pub struct Namespace(pub String);

/// The name of a part of an object: a listener of a Gateway, a rule of a route or a port of a Service.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(
    min_length = 1,
    max_length = 253,
    pattern = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
)]
pub struct SectionName(pub String);

/// A DNS name whose first label may be the wildcard `*`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(
    min_length = 1,
    max_length = 253,
    pattern = r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
)]
pub struct Hostname(pub String);

/// A DNS name without a wildcard.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(
    min_length = 1,
    max_length = 253,
    pattern = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
)]
pub struct PreciseHostname(pub String);

/// A network port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(minimum = 1, maximum = 65535)]
pub struct PortNumber(pub i32);

/// A span of time as up to four numbers with units, such as `1m30s`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(pattern = "^([0-9]{1,5}(h|m|s|ms)){1,4}$")]
pub struct Duration(pub String);

/// The name of a controller: a domain, a slash and a path.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(
    min_length = 1,
    max_length = 253,
    pattern = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$"
)]
pub struct GatewayController(pub String);

/// What sort of address a Gateway has: `IPAddress`, `Hostname`, `NamedAddress` or a word with a domain before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(
    min_length = 1,
    max_length = 253,
    pattern = r"^Hostname|IPAddress|NamedAddress|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$"
)]
pub struct AddressType(pub String);

/// The protocol of a listener: `HTTP`, `HTTPS`, `TLS`, `TCP`, `UDP` or a word with a domain before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(
    min_length = 1,
    max_length = 255,
    pattern = r"^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]+$"
)]
pub struct ProtocolType(pub String);

/// The name of a header or of a query parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(min_length = 1, max_length = 256, pattern = r"^[A-Za-z0-9!#$%&'*+\-.^_\x60|~]+$")]
pub struct HeaderName(pub String);

/// An origin in the sense of CORS: a scheme, a host that may begin with a wildcard and a port, or `*` for any.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(
    min_length = 1,
    max_length = 253,
    pattern = r"(^\*$)|(^(http(s)?):\/\/(((\*\.)?([a-zA-Z0-9\-]+\.)*[a-zA-Z0-9-]+|\*)(:([0-9]{1,5}))?)$)"
)]
pub struct CorsOrigin(pub String);

/// The value of an annotation or of an option.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(min_length = 0, max_length = 4096)]
pub struct AnnotationValue(pub String);

/// The value of a label.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
#[kgen(
    min_length = 0,
    max_length = 63,
    pattern = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$"
)]
pub struct LabelValue(pub String);
