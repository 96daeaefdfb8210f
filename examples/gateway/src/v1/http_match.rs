//! What an HTTP request has to look like for a rule.

use super::names::HeaderName;

/// What a request has to look like. All that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct HttpRouteMatch {
    /// The path of the request; any if absent.
    #[kgen(default = json!({"type": "PathPrefix", "value": "/"}))]
    pub path: Option<HttpPathMatch>,
    /// The headers of the request.
    #[kgen(optional, list = map(key = "name"), max_items = 16)]
    pub headers: Vec<HttpHeaderMatch>,
    /// The query parameters of the request.
    #[kgen(optional, list = map(key = "name"), max_items = 16)]
    pub query_params: Vec<HttpQueryParamMatch>,
    /// The method of the request; any if absent.
    pub method: Option<HttpMethod>,
}

/// What the path of a request has to look like.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel(
    "(self.type in ['Exact','PathPrefix']) ? self.value.startsWith('/') : true",
    message = "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']"
))]
#[kgen(cel(
    "(self.type in ['Exact','PathPrefix']) ? !self.value.contains('//') : true",
    message = "must not contain '//' when type one of ['Exact', 'PathPrefix']"
))]
#[kgen(cel(
    "(self.type in ['Exact','PathPrefix']) ? !self.value.contains('/./') : true",
    message = "must not contain '/./' when type one of ['Exact', 'PathPrefix']"
))]
#[kgen(cel(
    "(self.type in ['Exact','PathPrefix']) ? !self.value.contains('/../') : true",
    message = "must not contain '/../' when type one of ['Exact', 'PathPrefix']"
))]
#[kgen(cel(
    "(self.type in ['Exact','PathPrefix']) ? !self.value.contains('%2f') : true",
    message = "must not contain '%2f' when type one of ['Exact', 'PathPrefix']"
))]
#[kgen(cel(
    "(self.type in ['Exact','PathPrefix']) ? !self.value.contains('%2F') : true",
    message = "must not contain '%2F' when type one of ['Exact', 'PathPrefix']"
))]
#[kgen(cel(
    "(self.type in ['Exact','PathPrefix']) ? !self.value.contains('#') : true",
    message = "must not contain '#' when type one of ['Exact', 'PathPrefix']"
))]
#[kgen(cel(
    "(self.type in ['Exact','PathPrefix']) ? !self.value.endsWith('/..') : true",
    message = "must not end with '/..' when type one of ['Exact', 'PathPrefix']"
))]
#[kgen(cel(
    "(self.type in ['Exact','PathPrefix']) ? !self.value.endsWith('/.') : true",
    message = "must not end with '/.' when type one of ['Exact', 'PathPrefix']"
))]
#[kgen(cel(
    "self.type in ['Exact','PathPrefix'] || self.type == 'RegularExpression'",
    message = "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']"
))]
#[kgen(cel(
    r#"(self.type in ['Exact','PathPrefix']) ? self.value.matches(r"""^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$""") : true"#,
    message = "must only contain valid characters (matching ^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$) \
               for types ['Exact', 'PathPrefix']"
))]
pub struct HttpPathMatch {
    /// How the path is compared.
    #[kgen(default = PathMatchType::PathPrefix)]
    pub r#type: PathMatchType,
    /// What the path is compared with.
    #[kgen(default = "/", max_length = 1024)]
    pub value: Option<String>,
}

/// How a path is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum PathMatchType {
    /// The path is the value.
    Exact,
    /// The path begins with the value, element by element.
    #[default]
    PathPrefix,
    /// The path matches the value, in the dialect of the controller.
    RegularExpression,
}

/// What a header of a request has to look like.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct HttpHeaderMatch {
    /// How the header is compared.
    #[kgen(default = HeaderMatchType::Exact)]
    pub r#type: HeaderMatchType,
    /// The name of the header. Its case does not matter.
    pub name: HeaderName,
    /// What the header is compared with.
    #[kgen(min_length = 1, max_length = 4096)]
    pub value: String,
}

/// How a header is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum HeaderMatchType {
    /// The header is the value.
    #[default]
    Exact,
    /// The header matches the value, in the dialect of the controller.
    RegularExpression,
}

/// What a query parameter of a request has to look like.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct HttpQueryParamMatch {
    /// How the parameter is compared.
    #[kgen(default = QueryParamMatchType::Exact)]
    pub r#type: QueryParamMatchType,
    /// The name of the parameter. Its case matters.
    pub name: HeaderName,
    /// What the parameter is compared with.
    #[kgen(min_length = 1, max_length = 1024)]
    pub value: String,
}

/// How a query parameter is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, kgen::Api)]
pub enum QueryParamMatchType {
    /// The parameter is the value.
    #[default]
    Exact,
    /// The parameter matches the value, in the dialect of the controller.
    RegularExpression,
}

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, kgen::Api)]
pub enum HttpMethod {
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
}
