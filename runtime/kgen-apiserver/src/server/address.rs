//! What a method and a path ask for, before anybody knows which resources there are.
//!
//! The rules are those of `RequestInfoFactory` in `k8s.io/apiserver/pkg/endpoints/request`.

use std::borrow::Cow;

use http::Method;
use kgen::selector::FieldSelector;

use crate::failure::Failure;
use crate::request::{Query, RequestInfo, ResourceInfo, Verb};

/// A method and a path, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// What rules of access see.
    pub(crate) info: RequestInfo,
    /// How the part about a resource was written; none where the path is about something else.
    pub(crate) form: Option<Form>,
}

/// How a path about a resource is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// How many parts there are from the resource on: 1 for all objects, 2 for one, 3 for what lies beneath it.
    pub(crate) depth: usize,
    /// Whether it goes through a namespace.
    pub(crate) in_namespace: bool,
    /// Whether it is one of the old paths with `watch/` in front.
    pub(crate) is_watch_path: bool,
}

impl Address {
    /// Takes a method and a path apart.
    ///
    /// # Errors
    /// If the path cannot be decoded.
    pub(crate) fn of(method: &Method, path: &str, query: &Query) -> Result<Self, Failure> {
        let path = decoded(path)?;
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let (group, version, rest) = match parts.as_slice() {
            ["api", version, rest @ ..] if !rest.is_empty() => ("", *version, rest),
            ["apis", group, version, rest @ ..] if !rest.is_empty() => (*group, *version, rest),
            _ => return Ok(Self::elsewhere(&path, method)),
        };
        let (rest, is_watch_path) = match rest {
            ["watch", rest @ ..] if !rest.is_empty() => (rest, true),
            _ => (rest, false),
        };
        let (namespace, rest) = match rest {
            ["namespaces", namespace, rest @ ..] if is_in_namespace(rest) => (Some(*namespace), rest),
            _ => (None, rest),
        };
        let form = Form {
            depth: rest.len(),
            in_namespace: namespace.is_some(),
            is_watch_path,
        };
        let part = |index: usize| rest.get(index).copied().unwrap_or_default();
        let Some(verb) = verb(method, is_watch_path, part(1), query) else {
            return Ok(Self {
                form: Some(form),
                ..Self::elsewhere(&path, method)
            });
        };
        let namespace = match (namespace, rest) {
            (Some(namespace), _) => namespace,
            (None, ["namespaces", name, ..]) => name,
            (None, _) => "",
        };
        let mut resource = ResourceInfo {
            verb,
            group: group.to_owned(),
            version: version.to_owned(),
            namespace: namespace.to_owned(),
            resource: part(0).to_owned(),
            subresource: part(2).to_owned(),
            name: part(1).to_owned(),
            label_selector: String::new(),
            field_selector: String::new(),
        };
        if matches!(verb, Verb::List | Verb::Watch | Verb::DeleteCollection) {
            select(&mut resource, query);
        }
        let info = RequestInfo {
            path: path.into_owned(),
            verb: verb.as_str(),
            resource: Some(resource),
        };
        Ok(Self { info, form: Some(form) })
    }

    /// A path that is about no resource.
    pub(crate) fn elsewhere(path: &str, method: &Method) -> Self {
        Self {
            info: RequestInfo {
                path: path.to_owned(),
                verb: lower_case(method),
                resource: None,
            },
            form: None,
        }
    }
}

/// Whether what follows a namespace is a resource in it, and not something of the namespace itself.
fn is_in_namespace(rest: &[&str]) -> bool {
    !matches!(rest, [] | ["status" | "finalize", ..])
}

fn verb(method: &Method, is_watch_path: bool, name: &str, query: &Query) -> Option<Verb> {
    let verb = match *method {
        Method::GET | Method::HEAD if is_watch_path => Verb::Watch,
        Method::GET | Method::HEAD if !name.is_empty() => Verb::Get,
        Method::GET | Method::HEAD if is_watch(query) => Verb::Watch,
        Method::GET | Method::HEAD => Verb::List,
        Method::POST => Verb::Create,
        Method::PUT => Verb::Update,
        Method::PATCH => Verb::Patch,
        Method::DELETE if name.is_empty() => Verb::DeleteCollection,
        Method::DELETE => Verb::Delete,
        _ => return None,
    };
    Some(verb)
}

/// Whether the query says `watch`: with any value but two.
fn is_watch(query: &Query) -> bool {
    let value = query.get("watch");
    value.is_some_and(|value| value != "0" && !value.eq_ignore_ascii_case("false"))
}

/// Notes the selectors, and the name of the one object that can be selected.
fn select(resource: &mut ResourceInfo, query: &Query) {
    let of = |name: &str| query.get(name).unwrap_or_default().to_owned();
    resource.label_selector = of("labelSelector");
    resource.field_selector = of("fieldSelector");
    if !resource.name.is_empty() || resource.field_selector.is_empty() {
        return;
    }
    let Ok(selector) = resource.field_selector.parse::<FieldSelector>() else {
        return;
    };
    if let Some(name) = selector.required("metadata.name").filter(|name| is_segment(name)) {
        resource.name = name.to_owned();
    }
}

/// Whether a name could be part of a path.
fn is_segment(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '%'])
}

fn lower_case(method: &Method) -> &'static str {
    match *method {
        Method::GET => "get",
        Method::HEAD => "head",
        Method::POST => "post",
        Method::PUT => "put",
        Method::PATCH => "patch",
        Method::DELETE => "delete",
        Method::OPTIONS => "options",
        Method::TRACE => "trace",
        Method::CONNECT => "connect",
        _ => "unknown",
    }
}

/// The path with its escapes resolved.
fn decoded(path: &str) -> Result<Cow<'_, str>, Failure> {
    if !path.contains('%') {
        return Ok(Cow::Borrowed(path));
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'%' => escaped(rest.next(), rest.next()).ok_or_else(bad_path)?,
            other => other,
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| bad_path())
}

fn escaped(high: Option<u8>, low: Option<u8>) -> Option<u8> {
    let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

fn bad_path() -> Failure {
    Failure::bad_request("the path of the request is not well-formed: invalid URL escape")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(method: Method, uri: &str) -> Address {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        Address::of(&method, path, &Query::parse(query)).expect("the path is well-formed")
    }

    fn told(method: Method, uri: &str) -> String {
        let Some(resource) = address(method, uri).info.resource else {
            return "none".to_owned();
        };
        let ResourceInfo {
            verb,
            group,
            version,
            namespace,
            resource,
            subresource,
            name,
            ..
        } = resource;
        format!("{verb} {group}/{version} ns={namespace} {resource}/{name}/{subresource}")
    }

    // TestGetAPIRequestInfo
    #[test]
    fn s037_methods_and_paths_become_verbs_and_names() {
        let ns = "/apis/g/v1/namespaces/other/pods";
        for (method, uri, wanted) in [
            (Method::GET, "/apis/g/v1/nodes".to_owned(), "list g/v1 ns= nodes//"),
            (Method::HEAD, "/apis/g/v1/nodes".to_owned(), "list g/v1 ns= nodes//"),
            (
                Method::GET,
                "/api/v1/namespaces".to_owned(),
                "list /v1 ns= namespaces//",
            ),
            (
                Method::GET,
                "/api/v1/namespaces/other".to_owned(),
                "get /v1 ns=other namespaces/other/",
            ),
            (
                Method::PUT,
                "/api/v1/namespaces/other/finalize".to_owned(),
                "update /v1 ns=other namespaces/other/finalize",
            ),
            (Method::GET, ns.to_owned(), "list g/v1 ns=other pods//"),
            (Method::GET, format!("{ns}?watch=true"), "watch g/v1 ns=other pods//"),
            (Method::GET, format!("{ns}?watch="), "watch g/v1 ns=other pods//"),
            (Method::GET, format!("{ns}?watch=maybe"), "watch g/v1 ns=other pods//"),
            (Method::GET, format!("{ns}?watch=False"), "list g/v1 ns=other pods//"),
            (Method::GET, format!("{ns}?watch=0"), "list g/v1 ns=other pods//"),
            (Method::GET, format!("{ns}/foo"), "get g/v1 ns=other pods/foo/"),
            (Method::HEAD, format!("{ns}/foo/"), "get g/v1 ns=other pods/foo/"),
            (
                Method::GET,
                format!("{ns}/foo/status"),
                "get g/v1 ns=other pods/foo/status",
            ),
            (Method::POST, ns.to_owned(), "create g/v1 ns=other pods//"),
            (Method::PUT, format!("{ns}/foo"), "update g/v1 ns=other pods/foo/"),
            (Method::PATCH, format!("{ns}/foo"), "patch g/v1 ns=other pods/foo/"),
            (Method::DELETE, format!("{ns}/foo"), "delete g/v1 ns=other pods/foo/"),
            (Method::DELETE, ns.to_owned(), "deletecollection g/v1 ns=other pods//"),
            (Method::GET, "/apis/g/v1/watch/pods".to_owned(), "watch g/v1 ns= pods//"),
            (
                Method::GET,
                "/apis/g/v1/watch/namespaces/other/pods/foo".to_owned(),
                "watch g/v1 ns=other pods/foo/",
            ),
            (Method::GET, "/apis/g/v1".to_owned(), "none"),
            (Method::GET, "/healthz".to_owned(), "none"),
            (Method::OPTIONS, ns.to_owned(), "none"),
        ] {
            assert_eq!(told(method.clone(), &uri), wanted, "{method} {uri}");
        }
    }

    #[test]
    fn the_one_object_that_a_selector_selects_is_named_for_rules_of_access() {
        let all = "/apis/g/v1/pods?fieldSelector=";
        for (method, query, wanted) in [
            (Method::GET, "metadata.name%3Dfoo", "list g/v1 ns= pods/foo/"),
            (
                Method::GET,
                "metadata.name%3D%3Dfoo%2Ca!%3Db&watch=1",
                "watch g/v1 ns= pods/foo/",
            ),
            (
                Method::DELETE,
                "metadata.name%3Dfoo",
                "deletecollection g/v1 ns= pods/foo/",
            ),
            (Method::GET, "metadata.name!%3Dfoo", "list g/v1 ns= pods//"),
            (Method::GET, "metadata.name%3Da%2Fb", "list g/v1 ns= pods//"),
            (Method::GET, "metadata.name", "list g/v1 ns= pods//"),
        ] {
            assert_eq!(told(method, &format!("{all}{query}")), wanted, "{query}");
        }
    }

    #[test]
    fn escapes_are_resolved_before_a_path_is_taken_apart() {
        assert_eq!(
            told(Method::GET, "/apis/g/v1/namespaces/a%2Db/pods/x%20y"),
            "get g/v1 ns=a-b pods/x y/"
        );
        for path in ["/apis/g/v1/pods/%", "/apis/g/v1/pods/%zz", "/apis/g/v1/pods/%ff"] {
            let failure = Address::of(&Method::GET, path, &Query::default()).expect_err("it is not well-formed");
            assert_eq!(failure.code, 400);
        }
    }
}
