//! HTTPRoute: which HTTP requests go to which backends.

use kgen::k8s::ObjectMeta;

use super::http_filter::HttpRouteFilter;
use super::http_match::HttpRouteMatch;
use super::names::{Duration, Hostname, SectionName};
use super::reference::BackendRef;
use super::route::{CommonRouteSpec, RouteStatus};

/// Which HTTP requests go to which backends, and what happens to them on the way.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind = "HTTPRoute", namespaced, category = "gateway-api", status)]
#[kgen(annotation(
    "api-approved.kubernetes.io",
    "https://github.com/kubernetes-sigs/gateway-api/pull/4530"
))]
#[kgen(column("Hostnames", path = ".spec.hostnames", type = "string"))]
#[kgen(column("Age", path = ".metadata.creationTimestamp", type = "date"))]
pub struct HttpRoute {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the route shall do.
    pub spec: HttpRouteSpec,
    /// What became of it at its parents.
    pub status: Option<RouteStatus>,
}

/// What an HTTPRoute shall do.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct HttpRouteSpec {
    /// Where the route attaches.
    #[kgen(flatten)]
    pub common: CommonRouteSpec,
    /// The hosts that requests may ask for; those of the listener if there are none.
    #[kgen(optional, list = atomic, max_items = 16)]
    pub hostnames: Vec<Hostname>,
    /// The rules. The most specific match among all of them wins. If absent, one rule matches every request.
    #[kgen(list = atomic, min_items = 1, max_items = 16)]
    #[kgen(default = json!([{"matches": [{"path": {"type": "PathPrefix", "value": "/"}}]}]))]
    #[kgen(cel(
        "(self.size() > 0 ? self[0].matches.size() : 0) + \
         (self.size() > 1 ? self[1].matches.size() : 0) + \
         (self.size() > 2 ? self[2].matches.size() : 0) + \
         (self.size() > 3 ? self[3].matches.size() : 0) + \
         (self.size() > 4 ? self[4].matches.size() : 0) + \
         (self.size() > 5 ? self[5].matches.size() : 0) + \
         (self.size() > 6 ? self[6].matches.size() : 0) + \
         (self.size() > 7 ? self[7].matches.size() : 0) + \
         (self.size() > 8 ? self[8].matches.size() : 0) + \
         (self.size() > 9 ? self[9].matches.size() : 0) + \
         (self.size() > 10 ? self[10].matches.size() : 0) + \
         (self.size() > 11 ? self[11].matches.size() : 0) + \
         (self.size() > 12 ? self[12].matches.size() : 0) + \
         (self.size() > 13 ? self[13].matches.size() : 0) + \
         (self.size() > 14 ? self[14].matches.size() : 0) + \
         (self.size() > 15 ? self[15].matches.size() : 0) <= 128",
        message = "While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in \
                   a route must be less than 128"
    ))]
    pub rules: Option<Vec<HttpRouteRule>>,
}

/// A rule: what requests look like, what happens to them, and where they go.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters) || self.filters.all(f, \
     !has(f.requestRedirect))): true",
    message = "RequestRedirect filter must not be used together with backendRefs"
))]
#[kgen(cel(
    "(has(self.filters) && self.filters.exists_one(f, has(f.requestRedirect) && has(f.requestRedirect.path) && \
     f.requestRedirect.path.type == 'ReplacePrefixMatch' && has(f.requestRedirect.path.replacePrefixMatch))) ? \
     ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') \
     ? false : true) : true",
    message = "When using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be \
               specified"
))]
#[kgen(cel(
    "(has(self.filters) && self.filters.exists_one(f, has(f.urlRewrite) && has(f.urlRewrite.path) && \
     f.urlRewrite.path.type == 'ReplacePrefixMatch' && has(f.urlRewrite.path.replacePrefixMatch))) ? \
     ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') \
     ? false : true) : true",
    message = "When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be \
               specified"
))]
#[kgen(cel(
    "(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && b.filters.exists_one(f, \
     has(f.requestRedirect) && has(f.requestRedirect.path) && f.requestRedirect.path.type == 'ReplacePrefixMatch' && \
     has(f.requestRedirect.path.replacePrefixMatch))) )) ? \
     ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') \
     ? false : true) : true",
    message = "Within backendRefs, when using RequestRedirect filter with path.replacePrefixMatch, exactly one \
               PathPrefix match must be specified"
))]
#[kgen(cel(
    "(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && b.filters.exists_one(f, \
     has(f.urlRewrite) && has(f.urlRewrite.path) && f.urlRewrite.path.type == 'ReplacePrefixMatch' && \
     has(f.urlRewrite.path.replacePrefixMatch))) )) ? \
     ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') \
     ? false : true) : true",
    message = "Within backendRefs, When using URLRewrite filter with path.replacePrefixMatch, exactly one \
               PathPrefix match must be specified"
))]
pub struct HttpRouteRule {
    /// The name of the rule, which no other rule of the route has.
    pub name: Option<SectionName>,
    /// What requests look like; one match is enough. If absent, every request matches.
    #[kgen(list = atomic, max_items = 64)]
    #[kgen(default = json!([{"path": {"type": "PathPrefix", "value": "/"}}]))]
    pub matches: Option<Vec<HttpRouteMatch>>,
    /// What happens to requests that match.
    #[kgen(optional, list = atomic, max_items = 16)]
    #[kgen(cel(
        "!(self.exists(f, f.type == 'RequestRedirect') && self.exists(f, f.type == 'URLRewrite'))",
        message = "May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'CORS').size() <= 1",
        message = "CORS filter cannot be repeated"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'RequestHeaderModifier').size() <= 1",
        message = "RequestHeaderModifier filter cannot be repeated"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'ResponseHeaderModifier').size() <= 1",
        message = "ResponseHeaderModifier filter cannot be repeated"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'RequestRedirect').size() <= 1",
        message = "RequestRedirect filter cannot be repeated"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'URLRewrite').size() <= 1",
        message = "URLRewrite filter cannot be repeated"
    ))]
    pub filters: Vec<HttpRouteFilter>,
    /// Where requests go, each backend having its share.
    #[kgen(optional, list = atomic, max_items = 16)]
    pub backend_refs: Vec<HttpBackendRef>,
    /// How long requests may take.
    pub timeouts: Option<HttpRouteTimeouts>,
}

/// A backend of an HTTP rule.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct HttpBackendRef {
    /// The backend and its share of the requests.
    #[kgen(flatten)]
    pub backend: BackendRef,
    /// What happens to requests for this backend only.
    #[kgen(optional, list = atomic, max_items = 16)]
    #[kgen(cel(
        "!(self.exists(f, f.type == 'RequestRedirect') && self.exists(f, f.type == 'URLRewrite'))",
        message = "May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'CORS').size() <= 1",
        message = "CORS filter cannot be repeated"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'RequestHeaderModifier').size() <= 1",
        message = "RequestHeaderModifier filter cannot be repeated"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'ResponseHeaderModifier').size() <= 1",
        message = "ResponseHeaderModifier filter cannot be repeated"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'RequestRedirect').size() <= 1",
        message = "RequestRedirect filter cannot be repeated"
    ))]
    #[kgen(cel(
        "self.filter(f, f.type == 'URLRewrite').size() <= 1",
        message = "URLRewrite filter cannot be repeated"
    ))]
    pub filters: Vec<HttpRouteFilter>,
}

/// How long requests may take. Zero is for ever.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "!(has(self.request) && has(self.backendRequest) && duration(self.request) != duration('0s') && \
     duration(self.backendRequest) > duration(self.request))",
    message = "backendRequest timeout cannot be longer than request timeout"
))]
pub struct HttpRouteTimeouts {
    /// From the client's request to the end of the answer, all attempts together.
    pub request: Option<Duration>,
    /// For one request to one backend.
    pub backend_request: Option<Duration>,
}
