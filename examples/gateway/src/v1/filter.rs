//! Filters that HTTP and gRPC routes share.

use super::names::HeaderName;
use super::reference::BackendObjectReference;

/// Changes to the headers of a request or a response.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct HttpHeaderFilter {
    /// Headers that are written over whatever was there.
    #[kgen(optional, list = map(key = "name"), max_items = 16)]
    pub set: Vec<HttpHeader>,
    /// Headers that are added to whatever was there.
    #[kgen(optional, list = map(key = "name"), max_items = 16)]
    pub add: Vec<HttpHeader>,
    /// The names of headers that are taken away.
    #[kgen(optional, list = set, max_items = 16)]
    pub remove: Vec<String>,
}

/// A header and its value.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct HttpHeader {
    /// The name of the header. Its case does not matter.
    pub name: HeaderName,
    /// The value of the header.
    #[kgen(min_length = 1, max_length = 4096)]
    pub value: String,
}

/// A copy of the traffic for another backend, whose answers are dropped.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "!(has(self.percent) && has(self.fraction))",
    message = "Only one of percent or fraction may be specified in HTTPRequestMirrorFilter"
))]
pub struct HttpRequestMirrorFilter {
    /// The backend that gets the copy.
    pub backend_ref: BackendObjectReference,
    /// How many requests in a hundred are copied. All of them, if there is no fraction either.
    #[kgen(minimum = 0, maximum = 100)]
    pub percent: Option<i32>,
    /// Which fraction of the requests is copied.
    pub fraction: Option<Fraction>,
}

/// A fraction of at most one.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "self.numerator <= self.denominator",
    message = "numerator must be less than or equal to denominator"
))]
pub struct Fraction {
    /// The number above the line.
    #[kgen(minimum = 0)]
    pub numerator: i32,
    /// The number below the line.
    #[kgen(default = 100, minimum = 1)]
    pub denominator: Option<i32>,
}
