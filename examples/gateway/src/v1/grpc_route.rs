//! GRPCRoute: which gRPC calls go to which backends.

use kgen::k8s::ObjectMeta;

use super::filter::{HttpHeaderFilter, HttpRequestMirrorFilter};
use super::http_match::HeaderMatchType;
use super::names::{HeaderName, Hostname, SectionName};
use super::reference::{BackendRef, LocalObjectReference};
use super::route::{CommonRouteSpec, RouteStatus};

/// Which gRPC calls go to which backends, and what happens to them on the way.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind = "GRPCRoute", namespaced, category = "gateway-api", status)]
#[kgen(annotation(
    "api-approved.kubernetes.io",
    "https://github.com/kubernetes-sigs/gateway-api/pull/4530"
))]
#[kgen(column("Hostnames", path = ".spec.hostnames", type = "string"))]
#[kgen(column("Age", path = ".metadata.creationTimestamp", type = "date"))]
pub struct GrpcRoute {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the route shall do.
    pub spec: GrpcRouteSpec,
    /// What became of it at its parents.
    pub status: Option<RouteStatus>,
}

/// What a GRPCRoute shall do.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GrpcRouteSpec {
    /// Where the route attaches.
    #[kgen(flatten)]
    pub common: CommonRouteSpec,
    /// The hosts that calls may ask for; those of the listener if there are none.
    #[kgen(optional, list = atomic, max_items = 16)]
    pub hostnames: Vec<Hostname>,
    /// The rules. The most specific match among all of them wins.
    #[kgen(optional, list = atomic, max_items = 16)]
    #[kgen(cel(
        "(self.size() > 0 ? (has(self[0].matches) ? self[0].matches.size() : 0) : 0) + \
         (self.size() > 1 ? (has(self[1].matches) ? self[1].matches.size() : 0) : 0) + \
         (self.size() > 2 ? (has(self[2].matches) ? self[2].matches.size() : 0) : 0) + \
         (self.size() > 3 ? (has(self[3].matches) ? self[3].matches.size() : 0) : 0) + \
         (self.size() > 4 ? (has(self[4].matches) ? self[4].matches.size() : 0) : 0) + \
         (self.size() > 5 ? (has(self[5].matches) ? self[5].matches.size() : 0) : 0) + \
         (self.size() > 6 ? (has(self[6].matches) ? self[6].matches.size() : 0) : 0) + \
         (self.size() > 7 ? (has(self[7].matches) ? self[7].matches.size() : 0) : 0) + \
         (self.size() > 8 ? (has(self[8].matches) ? self[8].matches.size() : 0) : 0) + \
         (self.size() > 9 ? (has(self[9].matches) ? self[9].matches.size() : 0) : 0) + \
         (self.size() > 10 ? (has(self[10].matches) ? self[10].matches.size() : 0) : 0) + \
         (self.size() > 11 ? (has(self[11].matches) ? self[11].matches.size() : 0) : 0) + \
         (self.size() > 12 ? (has(self[12].matches) ? self[12].matches.size() : 0) : 0) + \
         (self.size() > 13 ? (has(self[13].matches) ? self[13].matches.size() : 0) : 0) + \
         (self.size() > 14 ? (has(self[14].matches) ? self[14].matches.size() : 0) : 0) + \
         (self.size() > 15 ? (has(self[15].matches) ? self[15].matches.size() : 0) : 0) <= 128",
        message = "While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in \
                   a route must be less than 128"
    ))]
    pub rules: Vec<GrpcRouteRule>,
}

/// A rule: what calls look like, what happens to them, and where they go.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GrpcRouteRule {
    /// The name of the rule, which no other rule of the route has.
    pub name: Option<SectionName>,
    /// What calls look like; one match is enough. Every call matches if there are none.
    #[kgen(optional, list = atomic, max_items = 64)]
    pub matches: Vec<GrpcRouteMatch>,
    /// What happens to calls that match.
    #[kgen(optional, list = atomic, max_items = 16)]
    #[kgen(cel(
        "self.filter(f, f.type == 'RequestHeaderModifier').size() <= 1",
        message = "RequestHeaderModifier filter cannot be repeated"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'ResponseHeaderModifier').size() <= 1",
        message = "ResponseHeaderModifier filter cannot be repeated"
    ))]
    pub filters: Vec<GrpcRouteFilter>,
    /// Where calls go, each backend having its share.
    #[kgen(optional, list = atomic, max_items = 16)]
    pub backend_refs: Vec<GrpcBackendRef>,
}

/// What a call has to look like. All that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GrpcRouteMatch {
    /// The service and method called; any if absent.
    pub method: Option<GrpcMethodMatch>,
    /// The headers of the call.
    #[kgen(optional, list = map(key = "name"), max_items = 16)]
    pub headers: Vec<GrpcHeaderMatch>,
}

/// Which service and method are called.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "has(self.type) ? has(self.service) || has(self.method) : true",
    message = "One or both of 'service' or 'method' must be specified"
))]
#[kgen(cel(
    r#"(!has(self.type) || self.type == 'Exact') && has(self.service) ? self.service.matches(r"""^(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$"""): true"#,
    message = r"service must only contain valid characters (matching ^(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$)"
))]
#[kgen(cel(
    r#"(!has(self.type) || self.type == 'Exact') && has(self.method) ? self.method.matches(r"""^[A-Za-z_][A-Za-z_0-9]*$"""): true"#,
    message = "method must only contain valid characters (matching ^[A-Za-z_][A-Za-z_0-9]*$)"
))]
pub struct GrpcMethodMatch {
    /// How service and method are compared.
    #[kgen(default = GrpcMethodMatchType::Exact)]
    pub r#type: GrpcMethodMatchType,
    /// The service; any if absent.
    #[kgen(max_length = 1024)]
    pub service: Option<String>,
    /// The method; any if absent.
    #[kgen(max_length = 1024)]
    pub method: Option<String>,
}

/// How service and method are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum GrpcMethodMatchType {
    /// They are what is given.
    #[default]
    Exact,
    /// They match what is given, in the dialect of the controller.
    RegularExpression,
}

/// What a header of a call has to look like.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GrpcHeaderMatch {
    /// How the header is compared.
    #[kgen(default = HeaderMatchType::Exact)]
    pub r#type: HeaderMatchType,
    /// The name of the header. Its case does not matter.
    pub name: HeaderName,
    /// What the header is compared with.
    #[kgen(min_length = 1, max_length = 4096)]
    pub value: String,
}

/// A step on the way of a call or its answer. `type` names the one member that is set.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "!(has(self.requestHeaderModifier) && self.type != 'RequestHeaderModifier')",
    message = "filter.requestHeaderModifier must be nil if the filter.type is not RequestHeaderModifier"
))]
#[kgen(cel(
    "!(!has(self.requestHeaderModifier) && self.type == 'RequestHeaderModifier')",
    message = "filter.requestHeaderModifier must be specified for RequestHeaderModifier filter.type"
))]
#[kgen(cel(
    "!(has(self.responseHeaderModifier) && self.type != 'ResponseHeaderModifier')",
    message = "filter.responseHeaderModifier must be nil if the filter.type is not ResponseHeaderModifier"
))]
#[kgen(cel(
    "!(!has(self.responseHeaderModifier) && self.type == 'ResponseHeaderModifier')",
    message = "filter.responseHeaderModifier must be specified for ResponseHeaderModifier filter.type"
))]
#[kgen(cel(
    "!(has(self.requestMirror) && self.type != 'RequestMirror')",
    message = "filter.requestMirror must be nil if the filter.type is not RequestMirror"
))]
#[kgen(cel(
    "!(!has(self.requestMirror) && self.type == 'RequestMirror')",
    message = "filter.requestMirror must be specified for RequestMirror filter.type"
))]
#[kgen(cel(
    "!(has(self.extensionRef) && self.type != 'ExtensionRef')",
    message = "filter.extensionRef must be nil if the filter.type is not ExtensionRef"
))]
#[kgen(cel(
    "!(!has(self.extensionRef) && self.type == 'ExtensionRef')",
    message = "filter.extensionRef must be specified for ExtensionRef filter.type"
))]
pub struct GrpcRouteFilter {
    /// Which step this is.
    pub r#type: GrpcRouteFilterType,
    /// Changes to the headers of the call.
    pub request_header_modifier: Option<HttpHeaderFilter>,
    /// Changes to the headers of the answer.
    pub response_header_modifier: Option<HttpHeaderFilter>,
    /// A copy of the call for another backend.
    pub request_mirror: Option<HttpRequestMirrorFilter>,
    /// A step that only some controllers know.
    pub extension_ref: Option<LocalObjectReference>,
}

/// The sorts of step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum GrpcRouteFilterType {
    /// Changes the headers of the answer.
    #[default]
    ResponseHeaderModifier,
    /// Changes the headers of the call.
    RequestHeaderModifier,
    /// Copies the call to another backend.
    RequestMirror,
    /// Does what another object says.
    ExtensionRef,
}

/// A backend of a gRPC rule.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GrpcBackendRef {
    /// The backend and its share of the calls.
    #[kgen(flatten)]
    pub backend: BackendRef,
    /// What happens to calls for this backend only.
    #[kgen(optional, list = atomic, max_items = 16)]
    #[kgen(cel(
        "self.filter(f, f.type == 'RequestHeaderModifier').size() <= 1",
        message = "RequestHeaderModifier filter cannot be repeated"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'ResponseHeaderModifier').size() <= 1",
        message = "ResponseHeaderModifier filter cannot be repeated"
    ))]
    pub filters: Vec<GrpcRouteFilter>,
}
