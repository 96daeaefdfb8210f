//! The OpenAPI documents of a server: `/openapi/v2`, `/openapi/v3` and what lies beneath.
//!
//! Generated documents are served as they are, without their header and their white space; that is done when somebody
//! asks for the first time.

mod answer;
mod messages_v2;
mod messages_v3;
mod protobuf;
mod text;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;

use self::protobuf::Message;
use crate::api::Api;
use crate::digest::{etag, sha512};

/// The documents that a server serves.
#[derive(Debug, Default)]
pub struct Documents {
    v3: BTreeMap<String, Document>,
    v2: Option<Document>,
    root: OnceLock<Served>,
}

/// A document as it was generated, and as it is served.
#[derive(Debug)]
pub(crate) struct Document {
    generated: Cow<'static, [u8]>,
    json: OnceLock<Served>,
    protobuf: OnceLock<Served>,
}

/// A document as it is served.
#[derive(Debug)]
pub(crate) struct Served {
    bytes: Bytes,
    digest: String,
    etag: HeaderValue,
    compressed: OnceLock<Option<Bytes>>,
}

impl Documents {
    /// The documents of an API.
    pub fn of(api: &Api) -> Self {
        let v3 = api.documents().iter();
        let v3 = v3.map(|document| (document.path.to_string(), document.json.clone()));
        Self::new(v3, api.swagger().map(|json| json.to_vec().into()))
    }

    /// Documents about groups and versions by paths such as `apis/wardle.example.com/v1`, and one about everything in
    /// the older form.
    pub fn new(v3: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>, v2: Option<Cow<'static, [u8]>>) -> Self {
        Self {
            v3: v3.into_iter().map(|(path, json)| (path, Document::new(json))).collect(),
            v2: v2.map(Document::new),
            root: OnceLock::new(),
        }
    }

    /// Forgets the documents about versions that are not served.
    #[must_use]
    pub fn only(mut self, is_served: impl Fn(&str) -> bool) -> Self {
        self.v3.retain(|path, _| is_served(path));
        self
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.v3.is_empty() && self.v2.is_none()
    }

    /// The paths of all documents.
    pub(crate) fn paths(&self) -> Vec<String> {
        let v2 = self.v2.as_ref().map(|_| "/openapi/v2".to_owned());
        let v3 = self.v3.keys().map(|path| format!("/openapi/v3/{path}"));
        let root = (!self.v3.is_empty()).then(|| "/openapi/v3".to_owned());
        v2.into_iter().chain(root).chain(v3).collect()
    }

    /// Where the documents about versions are, with digests, so that clients may keep what they have.
    fn root(&self) -> &Served {
        self.root.get_or_init(|| {
            let paths = self.v3.iter().map(|(path, document)| {
                let url = address(path, &document.json().digest);
                (path.as_str(), Place { url })
            });
            let root = Root { paths: paths.collect() };
            let mut json = serde_json::to_vec(&root).expect("texts are JSON");
            json.push(b'\n');
            Served::new(json.into())
        })
    }
}

#[derive(Serialize)]
struct Root<'a> {
    paths: BTreeMap<&'a str, Place>,
}

#[derive(Serialize)]
struct Place {
    #[serde(rename = "serverRelativeURL")]
    url: String,
}

fn address(path: &str, digest: &str) -> String {
    format!("/openapi/v3/{path}?hash={digest}")
}

impl Document {
    fn new(generated: Cow<'static, [u8]>) -> Self {
        Self {
            generated,
            json: OnceLock::new(),
            protobuf: OnceLock::new(),
        }
    }

    /// The binary form; empty for what is no JSON.
    fn protobuf(&self, message: &Message) -> &Served {
        self.protobuf.get_or_init(|| {
            let document = serde_json::from_slice(&self.json().bytes).unwrap_or_default();
            Served::new(protobuf::encoded(message, &document).into())
        })
    }

    fn json(&self) -> &Served {
        self.json
            .get_or_init(|| Served::new(text::compact(&self.generated).into()))
    }
}

impl Served {
    fn new(bytes: Bytes) -> Self {
        let digest = sha512(&bytes);
        Self {
            etag: etag(&digest),
            digest,
            bytes,
            compressed: OnceLock::new(),
        }
    }
}
