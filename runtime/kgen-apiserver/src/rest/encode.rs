//! Objects as bytes: from the store to the version and the form that a client asks for.
//!
//! An [`Item`] holds each of its encodings, so that all readers of a version share one. That encoding is the frame of a
//! watch event, and the object alone is a part of it.

use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use kgen::k8s::Status;
use kgen::scheme::{Column, KindVersion};
use kgen::{GroupVersionKind, Object};

use super::options::Rendering;
use super::table;
use super::{Target, gzip, json, metadata_only};
use crate::failure::{Failure, Subject};
use crate::negotiation::{self, Answer, Encoding, Form, Notation, Shape};
use crate::protobuf;
use crate::request::{Request, Verb};
use crate::resource::{Resource, ServedVersion};
use crate::response::{Response, response};
use crate::storage::{self, Entry, EventKind, Item};

/// Reads a stored object: in the storage version, with its defaults and its resource version. It may have been stored in
/// any version of its kind.
///
/// # Errors
/// If it is no object of the resource.
pub fn decode_stored(resource: &Resource, entry: &Entry) -> Result<Box<dyn Object>, Failure> {
    let versions = resource.versions.iter().map(|version| &version.kind);
    let object = decode(&resource.hub, versions.chain(&resource.unserved), &entry.value);
    let mut object = object.map_err(|reason| {
        let subject = Subject {
            group: resource.group().to_owned(),
            resource: resource.plural().to_owned(),
            name: String::new(),
        };
        Failure::unreadable(&subject, format!("the object `{}` cannot be read: {reason}", entry.key))
    })?;
    object.object_meta_mut().resource_version = Some(entry.revision.to_string());
    Ok(object)
}

/// Reads the stored bytes of an object of a kind in any version, and gives it in the storage version.
pub(super) fn decode<'a>(
    hub: &KindVersion,
    versions: impl IntoIterator<Item = &'a KindVersion>,
    stored: &[u8],
) -> Result<Box<dyn Object>, String> {
    if says(stored, &hub.gvk) {
        return decode_in(hub, stored);
    }
    // It was written when another version was the one to store, or by another program.
    let gvk = kgen::scheme::header(stored).map_err(|error| error.to_string())?;
    if gvk == hub.gvk {
        return decode_in(hub, stored);
    }
    let kind = versions.into_iter().find(|kind| kind.gvk == gvk);
    let kind = kind.ok_or_else(|| format!("it is of another kind: {gvk}"))?;
    let object = decode_in(kind, stored)?;
    kind.behaviour.convert_to_hub(object).map_err(|error| error.to_string())
}

fn decode_in(kind: &KindVersion, stored: &[u8]) -> Result<Box<dyn Object>, String> {
    let object = kind.behaviour.decode(stored);
    let mut object = object.map_err(|error| error.to_string())?;
    let defaulted = kind.behaviour.set_defaults(&mut *object);
    defaulted.map_err(|error| error.to_string())?;
    Ok(object)
}

/// Whether JSON text begins with saying that it is of this kind, as ours does.
pub(super) fn says(json: &[u8], gvk: &GroupVersionKind) -> bool {
    let behind = |json: &[u8], parts: &[&str]| {
        let end = parts.iter().try_fold(0, |at, part| {
            let end = at + part.len();
            (json.get(at..end)? == part.as_bytes()).then_some(end)
        });
        end.is_some()
    };
    let slash = if gvk.group.is_empty() { "" } else { "/" };
    let parts = [
        r#"{"apiVersion":""#,
        &gvk.group,
        slash,
        &gvk.version,
        r#"","kind":""#,
        &gvk.kind,
        "\"",
    ];
    behind(json, &parts)
}

/// Makes the object of the version that a client speaks from one of the storage version.
///
/// # Errors
/// If the conversion refuses it.
pub fn in_version(version: &ServedVersion, hub: Box<dyn Object>) -> Result<Box<dyn Object>, Failure> {
    version.kind.behaviour.convert_from_hub(hub).map_err(Failure::internal)
}

/// What stands before the object in the frame of an event.
pub(super) const fn head(kind: EventKind) -> &'static [u8] {
    match kind {
        EventKind::Added => br#"{"type":"ADDED","object":"#,
        EventKind::Modified => br#"{"type":"MODIFIED","object":"#,
        EventKind::Deleted => br#"{"type":"DELETED","object":"#,
    }
}

/// What stands behind it.
pub(super) const TAIL: &[u8] = b"}\n";

/// An object as JSON, in the frame of the event that it was first sent in.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a>(pub(super) &'a Bytes);

impl<'a> Frame<'a> {
    /// An object that takes about this many bytes.
    pub(super) fn write(
        kind: EventKind,
        size: usize,
        object: impl FnOnce(&mut Vec<u8>) -> Result<(), Failure>,
    ) -> Result<Bytes, Failure> {
        let mut out = Vec::with_capacity(head(kind).len() + size + TAIL.len());
        out.extend_from_slice(head(kind));
        object(&mut out)?;
        out.extend_from_slice(TAIL);
        Ok(Bytes::from(out.into_boxed_slice()))
    }

    fn kind(self) -> EventKind {
        // The first letter of the word that the head names.
        match self.0.get(9) {
            Some(b'A') => EventKind::Added,
            Some(b'M') => EventKind::Modified,
            _ => EventKind::Deleted,
        }
    }

    /// The object.
    pub(super) fn object(self) -> &'a [u8] {
        &self.0[head(self.kind()).len()..self.0.len() - TAIL.len()]
    }

    /// The object, as a line.
    pub(super) fn line(self) -> Vec<u8> {
        let object = self.object();
        let mut line = Vec::with_capacity(object.len() + 1);
        line.extend_from_slice(object);
        line.push(b'\n');
        line
    }

    /// The object in the frame of an event, which is shared if it is the one that was first sent.
    pub(super) fn event(self, kind: EventKind) -> Bytes {
        if kind == self.kind() {
            return self.0.clone();
        }
        Bytes::from([head(kind), self.object(), TAIL].concat())
    }
}

/// What an item holds of each version, if somebody asked for it.
#[derive(Clone, Copy)]
pub(super) enum Held {
    Frame,
    Cells,
    Metadata,
    MetadataBeta,
    Message,
}

impl Held {
    const COUNT: u32 = Self::Message as u32 + 1;
}

pub(super) fn held(version: &ServedVersion, what: Held) -> storage::Encoding {
    storage::Encoding(version.index * Held::COUNT + what as u32)
}

/// A stored object in a version. If nobody has asked for it yet, it is framed for an event of this kind.
pub(super) fn frame<'a>(
    resource: &Resource,
    version: &ServedVersion,
    item: &'a Item,
    kind: EventKind,
) -> Result<Frame<'a>, Failure> {
    let made = item.encoded(held(version, Held::Frame), |item| {
        let object = decoded(resource, version, item)?;
        let size = item.entry().value.len() + 128;
        Frame::write(kind, size, |out| object.write_json(out).map_err(Failure::internal))
    });
    made.map(Frame)
}

/// A stored object in a version, if it was sent to somebody as a whole.
pub(super) fn known<'a>(version: &ServedVersion, item: &'a Item) -> Option<Frame<'a>> {
    item.known(held(version, Held::Frame)).map(Frame)
}

/// A stored object in a version.
pub(super) fn decoded(resource: &Resource, version: &ServedVersion, item: &Item) -> Result<Box<dyn Object>, Failure> {
    in_version(version, decode_stored(resource, item.entry())?)
}

/// A stored object as the JSON that a form is made of: its metadata alone, or all of it.
pub(super) fn frame_in<'a>(
    form: &Form,
    resource: &Resource,
    version: &ServedVersion,
    item: &'a Item,
    kind: EventKind,
) -> Result<Frame<'a>, Failure> {
    match form.shape {
        Shape::Metadata => metadata_only::frame(resource, version, item, kind, form.meta),
        Shape::Whole | Shape::Table => frame(resource, version, item, kind),
    }
}

/// The cells of a stored object.
pub(super) fn cells<'a>(resource: &Resource, version: &ServedVersion, item: &'a Item) -> Result<&'a Bytes, Failure> {
    item.encoded(held(version, Held::Cells), |item| {
        let frame = frame(resource, version, item, EventKind::Added)?;
        let cells = table::cells(&version.kind.columns, frame.object())?;
        Ok(Bytes::from(cells.into_boxed_slice()))
    })
}

/// One object as JSON in the shape that a client asks for.
pub(super) fn shaped(
    rendering: &Rendering,
    columns: &[Column],
    object: &[u8],
    cells: impl FnOnce() -> Result<Bytes, Failure>,
) -> Result<Vec<u8>, Failure> {
    let Form { shape, meta, .. } = rendering.form;
    let mut out = Vec::new();
    match shape {
        Shape::Whole => out.extend_from_slice(object),
        Shape::Metadata => metadata_only::write(&mut out, meta, object),
        Shape::Table => {
            let metadata = table::metadata_of_object(object);
            table::open(&mut out, meta, &metadata, &table::definitions(columns)?);
            table::write_row(&mut out, meta, rendering.include, &cells()?, object, Timestamp::now());
            out.extend_from_slice(table::CLOSE);
        }
    }
    Ok(out)
}

/// JSON text as a client asks for it.
pub(super) fn written(notation: Notation, mut json: Vec<u8>) -> Result<Vec<u8>, Failure> {
    match notation {
        Notation::Json => {}
        Notation::PrettyJson => json = json::indented(&json),
        Notation::Yaml => return json::yaml(&json),
    }
    json.push(b'\n');
    Ok(json)
}

/// From how many bytes on a body is compressed.
const COMPRESSED_FROM: usize = 128 << 10;

/// A response with a body that is written already, compressed if it is long and the client can read it.
pub(super) async fn finish(request: &Request, rendering: &Rendering, body: Vec<u8>) -> Result<Response, Failure> {
    let content_type = rendering.form.encoding.content_type();
    let is_read = matches!(request.resource.verb, Verb::Get | Verb::List);
    if body.len() <= COMPRESSED_FROM || !is_read || !negotiation::accepts_gzip(&request.headers) {
        return Ok(response(StatusCode::OK, content_type, body));
    }
    // It takes milliseconds, in which other requests are not to wait.
    let compressed = tokio::task::spawn_blocking(move || gzip::whole(&body));
    let compressed = compressed.await.map_err(Failure::internal)?;
    let mut response = response(StatusCode::OK, content_type, compressed.map_err(Failure::internal)?);
    gzip::announce(response.headers_mut());
    Ok(response)
}

/// The response to a write: the object as it is now, given in the storage version with its resource version.
///
/// # Errors
/// If it cannot be converted or written, or if the client accepts no form of it.
pub fn respond(
    target: &Target<'_>,
    request: &Request,
    status: StatusCode,
    hub: Box<dyn Object>,
) -> Result<Response, Failure> {
    let object = in_version(target.version, hub)?;
    let mut json = Vec::with_capacity(1024);
    object.write_json(&mut json).map_err(Failure::internal)?;
    respond_json(request, status, &target.version.kind.columns, &json)
}

/// The response with an object of any kind, such as a `Scale`, as JSON text without blanks.
///
/// # Errors
/// If the client accepts no form of it.
pub fn respond_json(
    request: &Request,
    status: StatusCode,
    columns: &[Column],
    json: &[u8],
) -> Result<Response, Failure> {
    let rendering = Rendering::of(request, Answer::Object)?;
    let cells = || table::cells(columns, json).map(Bytes::from);
    let body = match rendering.form.encoding {
        Encoding::Text(notation) => written(notation, shaped(&rendering, columns, json, cells)?)?,
        Encoding::Protobuf => {
            let message = metadata_only::message_of(json)?;
            protobuf::enveloped(rendering.form.meta, metadata_only::KIND, &message)
        }
    };
    Ok(response(status, rendering.form.encoding.content_type(), body))
}

/// The response with a `Status`, which has no other shape.
///
/// # Errors
/// If the client accepts no form of it.
pub fn respond_status(request: &Request, status: Status) -> Result<Response, Failure> {
    let Rendering { form, .. } = Rendering::of(request, Answer::Status)?;
    let code = status.code.and_then(|code| u16::try_from(code).ok());
    let code = code
        .and_then(|code| StatusCode::from_u16(code).ok())
        .unwrap_or(StatusCode::OK);
    let body = match form.encoding {
        Encoding::Text(notation) => written(notation, serde_json::to_vec(&status).map_err(Failure::internal)?)?,
        Encoding::Protobuf => protobuf::status(status),
    };
    Ok(response(code, form.encoding.content_type(), body))
}
