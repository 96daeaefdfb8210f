//! What a server tells of its groups, versions and resources: the documents below `/api` and `/apis`, made once.

mod aggregated;
mod catalog;
mod legacy;

use std::collections::HashMap;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY};
use serde::Serialize;

use crate::digest::{etag, is_known, sha512};
use crate::failure::Failure;
use crate::negotiation::{self, Discovery as Wanted, Notation};
use crate::resource::Resources;
use crate::response::{Body, Response, response};

use self::catalog::Catalog;

/// All documents of a server.
#[derive(Debug)]
pub(crate) struct Discovery {
    core: Root,
    named: Root,
    groups: HashMap<String, Bytes>,
    versions: HashMap<String, HashMap<String, Bytes>>,
}

/// The two forms of a document about all groups.
#[derive(Debug)]
struct Root {
    legacy: Bytes,
    aggregated: Bytes,
    etag: HeaderValue,
}

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Document<'a> {
    /// `/api`
    Core,
    /// `/apis`
    Groups,
    /// `/apis/<group>`
    Group(&'a Bytes),
    /// `/apis/<group>/<version>`
    Version(&'a Bytes),
}

impl Discovery {
    /// Writes the documents about these resources. `address` is where clients find the server, if that is known.
    pub(crate) fn new(resources: &Resources, address: Option<&str>) -> Self {
        let catalog = Catalog::of(resources);
        let (core, named): (Vec<_>, Vec<_>) = catalog.groups.iter().partition(|group| group.name.is_empty());
        let mut groups = HashMap::new();
        let mut versions: HashMap<String, HashMap<String, Bytes>> = HashMap::new();
        for group in &catalog.groups {
            if !group.name.is_empty() {
                groups.insert(group.name.clone(), json(&legacy::group(group)));
            }
            let of_group = versions.entry(group.name.clone()).or_default();
            for version in &group.versions {
                of_group.insert(version.name.clone(), json(&legacy::version(&group.name, version)));
            }
        }
        Self {
            core: Root::new(json(&legacy::core(&core, address)), json(&aggregated::list(&core))),
            named: Root::new(json(&legacy::groups(&named, address)), json(&aggregated::list(&named))),
            groups,
            versions,
        }
    }

    /// The document at a path, if there is one.
    pub(crate) fn find(&self, path: &str) -> Option<Document<'_>> {
        let mut parts = path.trim_matches('/').split('/');
        match (parts.next()?, parts.next(), parts.next(), parts.next()) {
            ("api", None, ..) => Some(Document::Core),
            ("apis", None, ..) => Some(Document::Groups),
            ("api", Some(version), None, _) => self.versions.get("")?.get(version).map(Document::Version),
            ("apis", Some(group), None, _) => self.groups.get(group).map(Document::Group),
            ("apis", Some(group), Some(version), None) => self.versions.get(group)?.get(version).map(Document::Version),
            _ => None,
        }
    }

    /// Whether there is such a version of such a group.
    pub(crate) fn knows(&self, group: &str, version: &str) -> bool {
        self.versions
            .get(group)
            .is_some_and(|versions| versions.contains_key(version))
    }

    /// The paths of all documents.
    pub(crate) fn paths(&self) -> Vec<String> {
        let mut paths = vec!["/api".to_owned(), "/apis".to_owned()];
        paths.extend(self.groups.keys().map(|group| format!("/apis/{group}")));
        for (group, versions) in &self.versions {
            let prefix = if group.is_empty() {
                "/api".to_owned()
            } else {
                format!("/apis/{group}")
            };
            paths.extend(versions.keys().map(|version| format!("{prefix}/{version}")));
        }
        paths
    }

    /// Answers with a document in the form that the client accepts.
    pub(crate) fn answer(&self, document: Document<'_>, headers: &HeaderMap) -> Result<Response, Failure> {
        let accept = negotiation::accept(headers);
        let root = match document {
            Document::Core => &self.core,
            Document::Groups => &self.named,
            Document::Group(bytes) | Document::Version(bytes) => {
                let notation = negotiation::notation(accept.as_deref())?;
                return Ok(written(bytes, notation));
            }
        };
        match negotiation::discovery(accept.as_deref())? {
            Wanted::Legacy(notation) => {
                let mut response = written(&root.legacy, notation);
                response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
                Ok(response)
            }
            Wanted::Aggregated => Ok(root.aggregated(headers)),
        }
    }
}

impl Root {
    fn new(legacy: Bytes, aggregated: Bytes) -> Self {
        // The list alone is what counts, without the line's end.
        let etag = etag(&sha512(aggregated.trim_ascii_end()));
        Self {
            legacy,
            aggregated,
            etag,
        }
    }

    fn aggregated(&self, headers: &HeaderMap) -> Response {
        let is_known = is_known(headers.get(IF_NONE_MATCH), &self.etag);
        let body = if is_known {
            Body::from("")
        } else {
            self.aggregated.clone().into()
        };
        let mut response = Response::new(body);
        if is_known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(aggregated::CONTENT_TYPE));
        headers.insert(ETAG, self.etag.clone());
        headers.insert(VARY, HeaderValue::from_static("Accept"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("public"));
        response
    }
}

fn json(document: &impl Serialize) -> Bytes {
    let mut bytes = serde_json::to_vec(document).expect("texts, lists and structs are JSON");
    bytes.push(b'\n');
    bytes.into()
}

/// A document that is at hand as JSON, in another form.
fn written(document: &Bytes, notation: Notation) -> Response {
    let body = match notation {
        Notation::Json => Body::from(document.clone()),
        Notation::PrettyJson | Notation::Yaml => {
            let value: serde_json::Value = serde_json::from_slice(document).expect("the document was written as JSON");
            match notation {
                Notation::Yaml => serde_saphyr::to_string(&value).unwrap_or_default().into(),
                Notation::Json | Notation::PrettyJson => format!("{value:#}\n").into(),
            }
        }
    };
    response(StatusCode::OK, notation.content_type(), body)
}
