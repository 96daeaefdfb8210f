//! Patches of objects and of their status: JSON patches and JSON merge patches. An apply is one more, in
//! [`apply`](super::apply).

use http::header::CONTENT_TYPE;
use jiff::Timestamp;
use kgen::codec::{self, Finding};
use kgen::k8s::ObjectMeta;
use kgen::validation::{BadValue, Error, Errors, Path};
use kgen::{GroupVersionKind, Object};
use serde::Deserialize;
use serde_json::Value;

use super::field_validation::{FieldValidation, Findings};
use super::live::{Change, Live};
use super::write_options::PatchOptions;
use super::{Target, apply, body, encode, fields, metadata, update};
use crate::failure::Failure;
use crate::negotiation::{self, Patch};
use crate::patch::{PatchError, json_patch, merge_patch};
use crate::request::{Request, ResourceInfo, Warnings};
use crate::response::Response;

/// How many bytes of a patched object a refusal shows.
const MOST_SHOWN: usize = 4096;

/// Patches an object, or its status, or makes it if there is none and the patch is an apply.
///
/// # Errors
/// If the patch is none, if it cannot be done to the object, or as for any update.
pub(super) async fn patch(target: Target<'_>, request: &Request) -> Result<Response, Failure> {
    let sort = negotiation::patch(request.header(CONTENT_TYPE))?;
    let options = PatchOptions::of(request, sort == Patch::Apply)?;
    let validation = options.write.field_validation;
    let document = match sort {
        Patch::Json => Document::operations(&request.body, validation)?,
        Patch::Merge => Document::difference(&request.body, validation)?,
        Patch::Apply => return apply::apply(target, request, &options).await,
    };
    let mut patching = Patching {
        target,
        request,
        options: &options,
        document,
        now: Timestamp::now(),
    };
    let updated = update::update(target, request, &options.write, &mut patching).await?;
    encode::respond(&target, request, updated.status(), updated.object)
}

/// A patch in the body of a request.
pub(super) struct Document {
    patch: Value,
    is_operations: bool,
    /// What was found in the patch itself.
    findings: Findings,
}

impl Document {
    /// Reads a list of operations.
    ///
    /// # Errors
    /// If it is none.
    pub(super) fn operations(body: &[u8], validation: FieldValidation) -> Result<Self, Failure> {
        body::check_json(body)?;
        let mut findings = Findings::default();
        if validation.looks() {
            let (_, found) = codec::from_slice_strict::<Vec<Operation>>(body).map_err(not_decoded)?;
            findings = Findings::of(&found, "json patch ");
        }
        Ok(Self {
            patch: serde_json::from_slice(body).map_err(not_decoded)?,
            is_operations: true,
            findings,
        })
    }

    /// Reads what differs.
    ///
    /// # Errors
    /// If it is no JSON object.
    pub(super) fn difference(body: &[u8], validation: FieldValidation) -> Result<Self, Failure> {
        body::check_json(body)?;
        let (patch, found) = if validation.looks() {
            codec::from_slice_strict::<Value>(body)
        } else {
            serde_json::from_slice(body).map(|patch| (patch, Vec::new()))
        }
        .map_err(not_decoded)?;
        if !patch.is_object() {
            return Err(not_decoded("a merge patch is a JSON object"));
        }
        Ok(Self {
            patch,
            is_operations: false,
            findings: Findings::of(&found, ""),
        })
    }

    /// Patches an object.
    ///
    /// # Errors
    /// If it cannot be done.
    pub(super) fn apply(&self, live: Value) -> Result<Value, Failure> {
        let patched = if self.is_operations {
            json_patch(live, &self.patch)
        } else {
            merge_patch(live, self.patch.clone())
        };
        patched.map_err(|error| match error {
            PatchError::Malformed(why) => Failure::bad_request(why),
            PatchError::TooManyOperations(_) => Failure::asks_too_much(error),
            PatchError::Failed(why) => Failure::rejected(why, "patch"),
        })
    }

    /// Makes an object of what the patch left.
    ///
    /// # Errors
    /// If it is none of the kind, or if the client wanted it to be refused.
    pub(super) fn object<T>(
        &self,
        patched: &Value,
        gvk: &GroupVersionKind,
        (validation, warnings): (FieldValidation, &Warnings),
        decode: impl FnOnce(&[u8]) -> serde_json::Result<T>,
        decode_strict: impl FnOnce(&[u8]) -> serde_json::Result<(T, Vec<Finding>)>,
    ) -> Result<T, Failure> {
        let json = serde_json::to_vec(patched).map_err(Failure::internal)?;
        let refused = |why: String| refused(&json, why);
        check_kind(patched, &gvk.api_version(), &gvk.kind).map_err(refused)?;
        let decoded = if validation.looks() {
            decode_strict(&json)
        } else {
            decode(&json).map(|object| (object, Vec::new()))
        };
        let (object, found) = decoded.map_err(|error| refused(error.to_string()))?;
        if !found.is_empty() || !self.findings.is_empty() {
            let all = self.findings.clone().and(&found);
            validation.settle(&all, warnings).map_err(refused)?;
        }
        Ok(object)
    }
}

/// The fields that an operation may have.
#[derive(Deserialize)]
struct Operation {
    #[serde(default, rename = "op")]
    _op: Value,
    #[serde(default, rename = "path")]
    _path: Value,
    #[serde(default, rename = "from")]
    _from: Value,
    #[serde(default, rename = "value")]
    _value: Value,
}

fn not_decoded(why: impl std::fmt::Display) -> Failure {
    Failure::bad_request(format!("error decoding patch: {why}"))
}

/// A patch, as the change that it makes to an object.
struct Patching<'a> {
    target: Target<'a>,
    request: &'a Request,
    options: &'a PatchOptions,
    document: Document,
    now: Timestamp,
}

impl Change for Patching<'_> {
    fn make(&mut self, live: Option<&Live<'_>>) -> Result<Box<dyn Object>, Failure> {
        let info = &self.request.resource;
        let live = live.ok_or_else(|| Failure::not_found(&info.subject()))?;
        let patched = self.document.apply(live.json()?.clone())?;
        let kind = &self.target.version.kind;
        let mut object = self.document.object(
            &patched,
            &kind.gvk,
            (self.options.write.field_validation, &self.request.warnings),
            |json| kind.behaviour.decode(json),
            |json| kind.behaviour.decode_strict(json),
        )?;
        kind.behaviour.set_defaults(&mut *object).map_err(Failure::internal)?;
        check_place(&self.target, info, object.object_meta_mut())?;
        metadata::tidy(object.object_meta_mut(), &self.request.warnings);
        let keeper = fields::keeper(&self.target, info);
        fields::track(
            keeper,
            Some(live),
            &mut *object,
            &self.options.write.field_manager,
            self.now,
        )?;
        Ok(object)
    }
}

/// Whether an object still is what it was.
fn check_kind(object: &Value, api_version: &str, kind: &str) -> Result<(), String> {
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("apiVersion") != api_version {
        let found = text("apiVersion");
        return Err(format!(
            "the API version in the data ({found}) does not match the expected API version ({api_version})"
        ));
    }
    if text("kind") != kind {
        return Err(format!(
            "the kind in the data ({}) does not match the expected kind ({kind})",
            text("kind")
        ));
    }
    Ok(())
}

/// What a patch left is no object, or one that the client wanted to be refused.
fn refused(patched: &[u8], why: String) -> Failure {
    let mut shown = String::from_utf8_lossy(&patched[..patched.len().min(MOST_SHOWN)]).into_owned();
    if patched.len() > MOST_SHOWN {
        shown += " ...";
    }
    let mut errors = Errors::new();
    errors.push(Error::invalid(&Path::ROOT.child("patch"), BadValue::Text(shown), why));
    Failure::invalid("", "", "", &errors)
}

/// Puts an object into the namespace of the request, and refuses one that lies elsewhere or has another name.
///
/// # Errors
/// If it is not where the request says.
pub(super) fn check_place(target: &Target<'_>, info: &ResourceInfo, metadata: &mut ObjectMeta) -> Result<(), Failure> {
    if !target.version.kind.namespaced {
        metadata.namespace = None;
    } else if metadata.namespace.as_deref().is_none_or(str::is_empty) {
        metadata.namespace = Some(info.namespace.clone());
    } else if metadata.namespace.as_deref() != Some(&*info.namespace) {
        return Err(Failure::bad_request(
            "the namespace of the provided object does not match the namespace sent on the request",
        ));
    }
    let wanted = &info.name;
    match metadata.name.as_deref().unwrap_or_default() {
        name if name == wanted => Ok(()),
        "" => Err(Failure::bad_request(format!(
            "the name of the object ({wanted} based on URL) was undeterminable: name must be provided"
        ))),
        name => Err(Failure::bad_request(format!(
            "the name of the object ({name}) does not match the name on the URL ({wanted})"
        ))),
    }
}
