//! What happens to HTTP requests and responses on their way.

use super::filter::{HttpHeaderFilter, HttpRequestMirrorFilter};
use super::names::{CorsOrigin, HeaderName, PortNumber, PreciseHostname};
use super::reference::LocalObjectReference;

/// A step on the way of a request or its response. `type` names the one member that is set.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "!(has(self.cors) && self.type != 'CORS')",
    message = "filter.cors must be nil if the filter.type is not CORS"
))]
#[kgen(cel(
    "!(!has(self.cors) && self.type == 'CORS')",
    message = "filter.cors must be specified for CORS filter.type"
))]
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
    "!(has(self.requestRedirect) && self.type != 'RequestRedirect')",
    message = "filter.requestRedirect must be nil if the filter.type is not RequestRedirect"
))]
#[kgen(cel(
    "!(!has(self.requestRedirect) && self.type == 'RequestRedirect')",
    message = "filter.requestRedirect must be specified for RequestRedirect filter.type"
))]
#[kgen(cel(
    "!(has(self.urlRewrite) && self.type != 'URLRewrite')",
    message = "filter.urlRewrite must be nil if the filter.type is not URLRewrite"
))]
#[kgen(cel(
    "!(!has(self.urlRewrite) && self.type == 'URLRewrite')",
    message = "filter.urlRewrite must be specified for URLRewrite filter.type"
))]
#[kgen(cel(
    "!(has(self.extensionRef) && self.type != 'ExtensionRef')",
    message = "filter.extensionRef must be nil if the filter.type is not ExtensionRef"
))]
#[kgen(cel(
    "!(!has(self.extensionRef) && self.type == 'ExtensionRef')",
    message = "filter.extensionRef must be specified for ExtensionRef filter.type"
))]
pub struct HttpRouteFilter {
    /// Which step this is.
    pub r#type: HttpRouteFilterType,
    /// Changes to the headers of the request.
    pub request_header_modifier: Option<HttpHeaderFilter>,
    /// Changes to the headers of the response.
    pub response_header_modifier: Option<HttpHeaderFilter>,
    /// A copy of the request for another backend.
    pub request_mirror: Option<HttpRequestMirrorFilter>,
    /// An answer that sends the client elsewhere.
    pub request_redirect: Option<HttpRequestRedirectFilter>,
    /// Changes to the host and path of the request.
    pub url_rewrite: Option<HttpUrlRewriteFilter>,
    /// Answers to browsers that ask from another origin.
    pub cors: Option<HttpCorsFilter>,
    /// A step that only some controllers know.
    pub extension_ref: Option<LocalObjectReference>,
}

/// The sorts of step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum HttpRouteFilterType {
    /// Changes the headers of the request.
    #[default]
    RequestHeaderModifier,
    /// Changes the headers of the response.
    ResponseHeaderModifier,
    /// Copies the request to another backend.
    RequestMirror,
    /// Sends the client elsewhere.
    RequestRedirect,
    /// Changes the host and path of the request.
    #[kgen(name = "URLRewrite")]
    UrlRewrite,
    /// Does what another object says.
    ExtensionRef,
    /// Answers browsers that ask from another origin.
    #[kgen(name = "CORS")]
    Cors,
}

/// Where a redirect sends the client. What is absent stays as in the request.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct HttpRequestRedirectFilter {
    /// The scheme to use.
    pub scheme: Option<HttpScheme>,
    /// The host to ask.
    pub hostname: Option<PreciseHostname>,
    /// The path to ask for.
    pub path: Option<HttpPathModifier>,
    /// The port to use; that of the scheme, or of the listener, if absent.
    pub port: Option<PortNumber>,
    /// The status code of the answer.
    #[kgen(default = 302, enum_values = [301, 302, 303, 307, 308], schema(type = "integer"))]
    pub status_code: Option<i32>,
}

/// A scheme of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, kgen::Api)]
pub enum HttpScheme {
    /// In the clear.
    #[kgen(name = "http")]
    Http,
    /// Over TLS.
    #[kgen(name = "https")]
    Https,
}

/// Changes to the host and path of a request before it goes to the backend.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct HttpUrlRewriteFilter {
    /// The host that the backend sees.
    pub hostname: Option<PreciseHostname>,
    /// The path that the backend sees.
    pub path: Option<HttpPathModifier>,
}

/// A change to a path.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "self.type == 'ReplaceFullPath' ? has(self.replaceFullPath) : true",
    message = "replaceFullPath must be specified when type is set to 'ReplaceFullPath'"
))]
#[kgen(cel(
    "has(self.replaceFullPath) ? self.type == 'ReplaceFullPath' : true",
    message = "type must be 'ReplaceFullPath' when replaceFullPath is set"
))]
#[kgen(cel(
    "self.type == 'ReplacePrefixMatch' ? has(self.replacePrefixMatch) : true",
    message = "replacePrefixMatch must be specified when type is set to 'ReplacePrefixMatch'"
))]
#[kgen(cel(
    "has(self.replacePrefixMatch) ? self.type == 'ReplacePrefixMatch' : true",
    message = "type must be 'ReplacePrefixMatch' when replacePrefixMatch is set"
))]
pub struct HttpPathModifier {
    /// How much of the path changes.
    pub r#type: HttpPathModifierType,
    /// What stands in place of the whole path.
    #[kgen(max_length = 1024)]
    pub replace_full_path: Option<String>,
    /// What stands in place of the prefix that matched.
    #[kgen(max_length = 1024)]
    pub replace_prefix_match: Option<String>,
}

/// How much of a path changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum HttpPathModifierType {
    /// All of it.
    #[default]
    ReplaceFullPath,
    /// The prefix that matched.
    ReplacePrefixMatch,
}

/// What browsers that ask from another origin are told.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct HttpCorsFilter {
    /// The origins that may read answers.
    #[kgen(optional, list = set, max_items = 64)]
    #[kgen(cel(
        "!('*' in self && self.size() > 1)",
        message = "AllowOrigins cannot contain '*' alongside other origins"
    ))]
    pub allow_origins: Vec<CorsOrigin>,
    /// Whether requests may carry credentials.
    #[kgen(optional)]
    pub allow_credentials: bool,
    /// The methods that may be used.
    #[kgen(optional, list = set, max_items = 9)]
    #[kgen(cel(
        "!('*' in self && self.size() > 1)",
        message = "AllowMethods cannot contain '*' alongside other methods"
    ))]
    pub allow_methods: Vec<HttpMethodWithWildcard>,
    /// The headers that requests may carry.
    #[kgen(optional, list = set, max_items = 64)]
    #[kgen(cel(
        "!('*' in self && self.size() > 1)",
        message = "AllowHeaders cannot contain '*' alongside other methods"
    ))]
    pub allow_headers: Vec<HeaderName>,
    /// The headers of answers that scripts may read.
    #[kgen(optional, list = set, max_items = 64)]
    pub expose_headers: Vec<HeaderName>,
    /// For how many seconds browsers may remember all this.
    #[kgen(default = 5, minimum = 1)]
    pub max_age: Option<i32>,
}

/// A method of HTTP, or any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, kgen::Api)]
pub enum HttpMethodWithWildcard {
    /// Reads.
    #[kgen(name = "GET")]
    Get,
    /// Reads the headers only.
    #[kgen(name = "HEAD")]
    Head,
    /// Sends something to be worked on.
    #[kgen(name = "POST")]
    Post,
    /// Puts something in its place.
    #[kgen(name = "PUT")]
    Put,
    /// Takes something away.
    #[kgen(name = "DELETE")]
    Delete,
    /// Opens a tunnel.
    #[kgen(name = "CONNECT")]
    Connect,
    /// Asks what can be done.
    #[kgen(name = "OPTIONS")]
    Options,
    /// Asks for the request back.
    #[kgen(name = "TRACE")]
    Trace,
    /// Changes a part.
    #[kgen(name = "PATCH")]
    Patch,
    /// Any method.
    #[kgen(name = "*")]
    Any,
}
