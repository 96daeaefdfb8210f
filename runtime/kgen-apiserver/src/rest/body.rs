//! The bodies of requests: JSON or YAML, as an object of the request's version.

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use kgen::codec::Finding;
use kgen::scheme::DecodeError;
use kgen::{GroupVersionKind, Object};
use serde::Deserialize;

use super::Target;
use super::field_validation::{FieldValidation, Findings};
use crate::failure::Failure;
use crate::negotiation::{self, Body};
use crate::request::Request;
use crate::yaml;

/// How much of a body that cannot be read is shown.
const SHOWN: usize = 30;

/// Reads the body of a create or an update: an object of the request's version, with its defaults.
///
/// # Errors
/// If the body is in another form, is none, is of another kind or version, or has fields that the client wanted to be
/// refused.
pub fn object(target: Target<'_>, request: &Request, validation: FieldValidation) -> Result<Box<dyn Object>, Failure> {
    let text = Text::of(request)?;
    let kind = &target.version.kind;
    let wanted = Wanted {
        gvk: &kind.gvk,
        is_known: &|gvk| target.resource.versions.iter().any(|known| known.kind.gvk == *gvk),
    };
    let mut object = text.decode(
        &wanted,
        request,
        validation,
        |json| kind.behaviour.decode(json),
        |json| kind.behaviour.decode_strict(json),
    )?;
    kind.behaviour.set_defaults(&mut *object).map_err(Failure::internal)?;
    Ok(object)
}

/// What a body should be.
pub(super) struct Wanted<'a> {
    /// The kind.
    pub(super) gvk: &'a GroupVersionKind,
    /// Whether there is such a kind at all, be it at another endpoint.
    pub(super) is_known: &'a dyn Fn(&GroupVersionKind) -> bool,
}

/// The text of a body.
pub(super) struct Text<'a> {
    /// As JSON.
    pub(super) json: Cow<'a, [u8]>,
    /// The keys that a map of YAML has twice.
    repeated: Vec<String>,
    /// The body as it was sent.
    sent: &'a [u8],
}

impl<'a> Text<'a> {
    /// The body of a request that is no patch.
    ///
    /// # Errors
    /// If it is in a form that is not read, or no text of that form.
    pub(super) fn of(request: &'a Request) -> Result<Self, Failure> {
        Self::read(request, negotiation::body(request.header(CONTENT_TYPE))?)
    }

    /// The body of a request, of which it is known how it is written.
    ///
    /// # Errors
    /// If it is no text of that form.
    pub(super) fn read(request: &'a Request, body: Body) -> Result<Self, Failure> {
        let sent = &*request.body;
        match body {
            Body::Json => {
                check_json(sent)?;
                Ok(Self {
                    json: Cow::Borrowed(sent),
                    repeated: Vec::new(),
                    sent,
                })
            }
            Body::Yaml => {
                let document = yaml::document(utf8(sent)?).map_err(Failure::bad_request)?;
                let json = serde_json::to_vec(&document.value).map_err(Failure::internal)?;
                Ok(Self {
                    json: Cow::Owned(json),
                    repeated: document.repeated,
                    sent,
                })
            }
        }
    }

    /// Makes an object of it.
    ///
    /// # Errors
    /// If it is none of the wanted kind, or if the client wanted it to be refused.
    pub(super) fn decode<T>(
        &self,
        wanted: &Wanted<'_>,
        request: &Request,
        validation: FieldValidation,
        decode: impl FnOnce(&[u8]) -> serde_json::Result<T>,
        decode_strict: impl FnOnce(&[u8]) -> serde_json::Result<(T, Vec<Finding>)>,
    ) -> Result<T, Failure> {
        let decoded = if validation.looks() {
            decode_strict(&self.json)
        } else {
            decode(&self.json).map(|object| (object, Vec::new()))
        };
        let (object, fields) = decoded.map_err(|error| self.refusal(wanted, &error))?;
        let findings = Findings {
            repeated: self.repeated.clone(),
            ..Findings::of(&fields, "")
        };
        let settled = validation.settle(&findings, &request.warnings);
        settled.map_err(|why| cannot_be_handled(wanted.gvk, &wanted.gvk.kind, why))?;
        Ok(object)
    }

    /// Why an object could not be read. What it says of its kind comes before what else is wrong with it.
    fn refusal(&self, wanted: &Wanted<'_>, error: &serde_json::Error) -> Failure {
        let gvk = match self.gvk(wanted.gvk) {
            Ok(gvk) => gvk,
            Err(why) => return self.unrecognized(&wanted.gvk.kind, &why),
        };
        let name = &wanted.gvk.kind;
        if gvk == *wanted.gvk {
            return cannot_be_handled(&gvk, name, error);
        }
        if gvk.kind == wanted.gvk.kind && (wanted.is_known)(&gvk) {
            let (found, expected) = (gvk.api_version(), wanted.gvk.api_version());
            return Failure::bad_request(format!(
                "the API version in the data ({found}) does not match the expected API version ({expected})"
            ));
        }
        cannot_be_handled(&gvk, name, DecodeError::NotRegistered(gvk.clone()))
    }

    /// The kind that the text says it is of. What it does not say is as wanted.
    fn gvk(&self, wanted: &GroupVersionKind) -> Result<GroupVersionKind, String> {
        let header: Header = serde_json::from_slice(&self.json)
            .map_err(|error| format!("couldn't get version/kind; json parse error: {error}"))?;
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        let mut gvk = wanted.clone();
        if let Some(kind) = given(header.kind) {
            gvk.kind = kind.into();
        }
        if let Some(api_version) = given(header.api_version) {
            let (group, version) = api_version.split_once('/').unwrap_or(("", &api_version));
            (gvk.group, gvk.version) = (group.to_owned().into(), version.to_owned().into());
        }
        Ok(gvk)
    }

    fn unrecognized(&self, kind: &str, why: &str) -> Failure {
        let summary = summary(self.sent);
        Failure::bad_request(format!(
            "the object provided is unrecognized (must be of type {kind}): {why} ({summary})"
        ))
    }
}

/// Refuses JSON that is no text, and JSON that is nested deeper than anybody needs, before it costs anything.
pub(super) fn check_json(json: &[u8]) -> Result<(), Failure> {
    utf8(json)?;
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'[' | b'{' if !is_text => {
                depth += 1;
                if depth > yaml::DEEPEST {
                    return Err(Failure::bad_request("json: exceeded max depth"));
                }
            }
            b']' | b'}' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// The text of a body.
pub(super) fn utf8(body: &[u8]) -> Result<&str, Failure> {
    let invalid = |error| Failure::bad_request(format!("the body of the request is no valid UTF-8: {error}"));
    std::str::from_utf8(body).map_err(invalid)
}

fn cannot_be_handled(found: &GroupVersionKind, wanted: &str, why: impl std::fmt::Display) -> Failure {
    Failure::bad_request(format!(
        "{} in version {:?} cannot be handled as a {wanted}: {why}",
        found.kind, found.version
    ))
}

/// What an object says of itself.
#[derive(Deserialize)]
struct Header {
    #[serde(default, rename = "apiVersion")]
    api_version: Option<String>,
    #[serde(default)]
    kind: Option<String>,
}

/// The beginning of a body, in hexadecimal digits unless it looks like JSON.
fn summary(body: &[u8]) -> String {
    let shown = &body[..body.len().min(SHOWN)];
    let more = if body.len() > SHOWN { " ..." } else { "" };
    match body.first() {
        None => "<empty>".to_owned(),
        Some(b'{') => format!("{}{more}", String::from_utf8_lossy(shown)),
        Some(_) => {
            let digits: String = shown.iter().map(|byte| format!("{byte:02x}")).collect();
            digits + more
        }
    }
}
