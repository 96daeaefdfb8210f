//! Reads all objects that are selected.
//!
//! The JSON of a list is that of its objects, one behind the other, so that an object is encoded once for all lists.

use jiff::Timestamp;
use kgen::k8s::ListMeta;
use serde::Serialize;

use super::list_options::ListOptions;
use super::options::Rendering;
use super::{Target, encode, metadata_only, read_failure, table};
use crate::failure::Failure;
use crate::negotiation::{Answer, Encoding, Shape};
use crate::protobuf;
use crate::request::{Request, ResourceInfo};
use crate::response::Response;
use crate::storage::{At, EventKind, List, ListRequest, ReadError};

/// After how many objects other requests get their turn.
const TURN: usize = 512;

pub(super) async fn list(target: &Target<'_>, request: &Request) -> Result<Response, Failure> {
    let options = ListOptions::of(target, request)?;
    let list = read(target, &request.resource, &options).await?;
    respond(target, request, &list).await
}

/// The response with a list, in the version and the form that the client asks for.
///
/// # Errors
/// If an object cannot be read, or if the client accepts no form of lists.
pub async fn respond(target: &Target<'_>, request: &Request, list: &List) -> Result<Response, Failure> {
    let rendering = Rendering::of(request, Answer::List)?;
    let body = match rendering.form.encoding {
        Encoding::Text(notation) => encode::written(notation, json(target, &rendering, list).await?)?,
        Encoding::Protobuf => message(target, rendering.form.meta, list).await?,
    };
    encode::finish(request, &rendering, body).await
}

/// Reads the objects that a request selects.
///
/// # Errors
/// If the state that is asked for cannot be read.
pub async fn read(target: &Target<'_>, request: &ResourceInfo, options: &ListOptions) -> Result<List, Failure> {
    let list = match options.key(target, request) {
        Some(key) => read_one(target, &key, options).await,
        None => {
            let (at, limit) = options.at();
            let list = ListRequest {
                prefix: prefix(target, request)?,
                at,
                limit,
                rest: options.rest.clone(),
                selection: options.selection(target),
            };
            target.resource.reader.list(list).await
        }
    };
    list.map_err(|error| read_failure(error, &request.subject(), request.verb))
}

/// What the keys of a request's objects begin with.
pub(super) fn prefix(target: &Target<'_>, request: &ResourceInfo) -> Result<String, Failure> {
    let keys = &target.resource.keys;
    match target.namespace(request).filter(|namespace| !namespace.is_empty()) {
        None => Ok(keys.prefix().to_owned()),
        Some(namespace) => keys.namespace(namespace).map_err(|error| {
            let message = format!("Namespace parameter invalid: {namespace:?}: {error}");
            Failure::bad_request(message)
        }),
    }
}

/// A list of the object with this key, if it is there and selected. It has no parts.
async fn read_one(target: &Target<'_>, key: &str, options: &ListOptions) -> Result<List, ReadError> {
    let (at, _) = options.at();
    let (current, item) = target.resource.reader.get(key, at).await?;
    let selection = options.selection(target);
    let mut items = Vec::new();
    if let Some(item) = item {
        let is_selected = selection.selects(&item);
        if is_selected.map_err(|undecodable| ReadError::Undecodable(vec![undecodable]))? {
            items.push(item);
        }
    }
    Ok(List {
        revision: match at {
            At::Exactly(revision) => revision,
            At::Latest | At::Any | At::AtLeast(_) => current,
        },
        items,
        rest: None,
        remaining: None,
    })
}

/// The metadata of a list, as Go servers order it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    resource_version: String,
    #[serde(rename = "continue", skip_serializing_if = "Option::is_none")]
    rest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remaining_item_count: Option<usize>,
}

/// The JSON of a list in its shape.
async fn json(target: &Target<'_>, rendering: &Rendering, list: &List) -> Result<Vec<u8>, Failure> {
    let metadata = Metadata {
        resource_version: list.revision.to_string(),
        rest: list.rest.as_ref().map(|rest| rest.encode()),
        remaining_item_count: list.remaining,
    };
    let metadata = serde_json::to_vec(&metadata).map_err(Failure::internal)?;
    let (resource, version) = (target.resource, target.version);
    let mut frames = Vec::with_capacity(list.items.len());
    for (count, item) in list.items.iter().enumerate() {
        if count % TURN == TURN - 1 {
            tokio::task::yield_now().await;
        }
        frames.push(encode::frame_in(
            &rendering.form,
            resource,
            version,
            item,
            EventKind::Added,
        )?);
    }
    let sent: usize = frames.iter().map(|frame| frame.object().len() + 1).sum();
    let (meta, kind) = (rendering.form.meta, &version.kind);
    let mut out = Vec::new();
    match rendering.form.shape {
        Shape::Whole => {
            out.reserve_exact(sent + metadata.len() + kind.list_kind.len() + kind.gvk.group.len() + 128);
            open(&mut out, &kind.list_kind, &kind.gvk.api_version(), &metadata);
            join(&mut out, &frames, |out, frame| out.extend_from_slice(frame.object()));
            out.extend_from_slice(b"]}");
        }
        Shape::Metadata => {
            out.reserve_exact(sent + metadata.len() + 128);
            open(&mut out, metadata_only::LIST_KIND, meta, &metadata);
            join(&mut out, &frames, |out, frame| out.extend_from_slice(frame.object()));
            out.extend_from_slice(b"]}");
        }
        Shape::Table => {
            let now = Timestamp::now();
            let cells = list.items.iter().map(|item| encode::cells(resource, version, item));
            let cells: Vec<_> = cells.collect::<Result<_, _>>()?;
            table::open(&mut out, meta, &metadata, &table::definitions(&kind.columns)?);
            let rows = cells.iter().zip(&frames);
            join(&mut out, rows, |out, (cells, frame)| {
                table::write_row(out, meta, rendering.include, cells, frame.object(), now);
            });
            out.extend_from_slice(table::CLOSE);
        }
    }
    Ok(out)
}

/// The metadata of a list's objects as a message.
async fn message(target: &Target<'_>, meta: &str, list: &List) -> Result<Vec<u8>, Failure> {
    let metadata = ListMeta {
        resource_version: Some(list.revision.to_string()),
        continue_: list.rest.as_ref().map(|rest| rest.encode()),
        remaining_item_count: list.remaining.map(|count| i64::try_from(count).unwrap_or(i64::MAX)),
        ..ListMeta::default()
    };
    let mut messages = Vec::with_capacity(list.items.len());
    for (count, item) in list.items.iter().enumerate() {
        if count % TURN == TURN - 1 {
            tokio::task::yield_now().await;
        }
        messages.push(metadata_only::message(target.resource, target.version, item)?);
    }
    Ok(protobuf::list(meta, metadata_only::LIST_KIND, metadata, &messages))
}

/// Appends the beginning of a list, up to its items.
fn open(out: &mut Vec<u8>, kind: &str, api_version: &str, metadata: &[u8]) {
    for part in [
        br#"{"kind":""#,
        kind.as_bytes(),
        br#"","apiVersion":""#,
        api_version.as_bytes(),
        br#"","metadata":"#,
        metadata,
        br#","items":["#,
    ] {
        out.extend_from_slice(part);
    }
}

/// Appends each of the elements, with commas between them.
fn join<T>(out: &mut Vec<u8>, elements: impl IntoIterator<Item = T>, write: impl Fn(&mut Vec<u8>, T)) {
    for (index, element) in elements.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(out, element);
    }
}
