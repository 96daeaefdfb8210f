//! Tells what happens to the objects that are selected, as long as the client listens.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, stream};
use http::StatusCode;
use jiff::Timestamp;
use kgen::k8s::ObjectMeta;
use tokio::time::Instant;

use super::encode::{self, TAIL, head};
use super::list_options::ListOptions;
use super::options::Rendering;
use super::{Target, gzip, list, metadata_only, read_failure, table};
use crate::failure::{Failure, Subject};
use crate::negotiation::{self, Answer, Encoding, Form, Shape};
use crate::protobuf;
use crate::request::{Request, Verb};
use crate::resource::{Resource, ServedVersion};
use crate::response::{Body, Response, response};
use crate::storage::{EventKind, Events, Item, ItemEvent, ReadError, Revision, WatchRequest};

/// How many bytes of events that are there already are sent together.
const BATCH: usize = 64 << 10;

/// The annotation of a bookmark that ends the initial state.
const ENDS_STATE: &str = "k8s.io/initial-events-end";

pub(super) async fn watch(target: &Target<'_>, request: &Request) -> Result<Response, Failure> {
    let info = &request.resource;
    let rendering = Rendering::of(request, Answer::Stream)?;
    let options = ListOptions::of(target, request)?;
    let scope = match options.key(target, info) {
        Some(key) => key,
        None => list::prefix(target, info)?,
    };
    let watch = WatchRequest {
        scope,
        start: options.start(),
        selection: options.selection(target),
        bookmarks: options.bookmarks,
        deadline: lasting(options.timeout, request.min_watch).map(|time| Instant::now() + time),
    };
    let served = target.resources.get(&info.group, &info.resource);
    let frames = Frames {
        resource: served.ok_or_else(Failure::no_resource)?.clone(),
        index: target.version.index as usize,
        rendering,
        subject: info.subject(),
        is_first: true,
        is_over: false,
    };
    let events = match target.resource.reader.watch(watch).await {
        Ok(events) => events,
        // A client that watches looks for these in the stream.
        Err(error @ (ReadError::TooOld { .. } | ReadError::TooNew { .. } | ReadError::Undecodable(_))) => {
            stream::iter([Err(error)]).boxed()
        }
        Err(error) => return Err(read_failure(error, &frames.subject, Verb::Watch)),
    };
    let content_type = rendering.form.encoding.stream_type();
    let batches = stream::unfold(Watching { events, frames }, async |mut watching| {
        let batch = watching.next().await?;
        Some((batch, watching))
    });
    // What changes later is too little to be worth it; whoever asks for the state has that much to read first.
    let is_compressed = options.wants_state() && negotiation::accepts_gzip(&request.headers);
    let body = match is_compressed {
        true => Body::stream(gzip::pieces(batches)),
        false => Body::stream(batches.map(Ok)),
    };
    let mut response = response(StatusCode::OK, content_type, body);
    if is_compressed {
        gzip::announce(response.headers_mut());
    }
    Ok(response)
}

/// How long a watch lasts for which a client wants this many seconds; none if it does not end by itself. Less than no
/// seconds are over at once. Where a client does not say, it is up to twice the least, so that not all watches of a
/// server end at once.
fn lasting(seconds: Option<i64>, least: Duration) -> Option<Duration> {
    match seconds {
        None | Some(0) if least.is_zero() => None,
        None | Some(0) => {
            let share = (RandomState::new().hash_one(()) >> 32) as f64 / f64::from(u32::MAX);
            Some(least + least.mul_f64(share))
        }
        Some(seconds) => Some(Duration::from_secs(
            seconds.clamp(0, i64::from(u32::MAX)).unsigned_abs(),
        )),
    }
}

/// The stream of a watch.
struct Watching {
    events: Events,
    frames: Frames,
}

impl Watching {
    /// The next event, with those that are there already.
    async fn next(&mut self) -> Option<Bytes> {
        if self.frames.is_over {
            return None;
        }
        let first = self.frames.frame(self.events.next().await?)?;
        let mut batch = Vec::new();
        while first.len().max(batch.len()) < BATCH
            && let Some(next) = self.ready()
        {
            if batch.is_empty() {
                batch.reserve(first.len() + next.len());
                batch.extend_from_slice(&first);
            }
            batch.extend_from_slice(&next);
        }
        Some(if batch.is_empty() { first } else { Bytes::from(batch) })
    }

    /// An event that is there already.
    fn ready(&mut self) -> Option<Bytes> {
        if self.frames.is_over {
            return None;
        }
        let event = self.events.next().now_or_never()??;
        self.frames.frame(event)
    }
}

/// Writes events in the version and the form that a client asks for.
struct Frames {
    resource: Arc<Resource>,
    index: usize,
    rendering: Rendering,
    subject: Subject,
    /// Whether no table was sent yet, of which only the first has the columns.
    is_first: bool,
    /// Whether an error was sent, behind which nothing comes.
    is_over: bool,
}

impl Frames {
    /// The frame of an event; none if the stream ends without one.
    fn frame(&mut self, event: Result<ItemEvent, ReadError>) -> Option<Bytes> {
        let frame = match event {
            Ok(ItemEvent::Object { kind, item }) => self.object(kind, &item),
            Ok(ItemEvent::Bookmark { revision, ends_state }) => self.bookmark(revision, ends_state),
            Err(ReadError::Slow) => return None,
            Err(error) => Err(read_failure(error, &self.subject, Verb::Watch)),
        };
        Some(frame.unwrap_or_else(|failure| {
            self.is_over = true;
            self.error(failure)
        }))
    }

    fn object(&mut self, kind: EventKind, item: &Item) -> Result<Bytes, Failure> {
        let resource = self.resource.clone();
        let version = &resource.versions[self.index];
        let form = self.rendering.form;
        if form.encoding == Encoding::Protobuf {
            let message = metadata_only::message(&resource, version, item)?;
            let object = protobuf::enveloped(form.meta, metadata_only::KIND, message);
            return Ok(protobuf::event(word(kind), object));
        }
        let frame = encode::frame_in(&form, &resource, version, item, kind)?;
        match form.shape {
            Shape::Whole | Shape::Metadata => Ok(frame.event(kind)),
            Shape::Table => {
                let cells = encode::cells(&resource, version, item)?;
                let mut out = head(kind).to_vec();
                self.table(&mut out, version, cells, frame.object())?;
                out.extend_from_slice(TAIL);
                Ok(Bytes::from(out))
            }
        }
    }

    fn table(
        &mut self,
        out: &mut Vec<u8>,
        version: &ServedVersion,
        cells: &[u8],
        object: &[u8],
    ) -> Result<(), Failure> {
        let meta = self.rendering.form.meta;
        let definitions = match std::mem::take(&mut self.is_first) {
            true => table::definitions(&version.kind.columns)?,
            false => b"[]".to_vec(),
        };
        table::open(out, meta, &table::metadata_of_object(object), &definitions);
        table::write_row(out, meta, self.rendering.include, cells, object, Timestamp::now());
        out.extend_from_slice(table::CLOSE);
        Ok(())
    }

    /// An object of the right kind of which there is no more than a resource version.
    fn bookmark(&mut self, revision: Revision, ends_state: bool) -> Result<Bytes, Failure> {
        let Form { encoding, shape, meta } = self.rendering.form;
        if encoding == Encoding::Protobuf {
            let message = protobuf::metadata(bookmark(revision, ends_state));
            let object = protobuf::enveloped(meta, metadata_only::KIND, &message);
            return Ok(protobuf::event("BOOKMARK", object));
        }
        let resource = self.resource.clone();
        let version = &resource.versions[self.index];
        let gvk = &version.kind.gvk;
        let metadata = serde_json::to_vec(&bookmark(revision, ends_state)).map_err(Failure::internal)?;
        let mut object = format!(
            r#"{{"kind":"{}","apiVersion":"{}","metadata":"#,
            gvk.kind,
            gvk.api_version()
        )
        .into_bytes();
        object.extend_from_slice(&metadata);
        object.push(b'}');
        let mut out = br#"{"type":"BOOKMARK","object":"#.to_vec();
        match shape {
            Shape::Whole => out.extend_from_slice(&object),
            Shape::Metadata => metadata_only::write_metadata(&mut out, meta, &metadata),
            Shape::Table => {
                let cells = table::cells(&version.kind.columns, &object)?;
                self.table(&mut out, version, &cells, &object)?;
            }
        }
        out.extend_from_slice(TAIL);
        Ok(Bytes::from(out))
    }

    /// The frame that ends a stream which cannot go on.
    fn error(&self, failure: Failure) -> Bytes {
        let status = failure.status();
        if self.rendering.form.encoding == Encoding::Protobuf {
            return protobuf::event("ERROR", protobuf::status(status));
        }
        let status = serde_json::to_vec(&status).unwrap_or_else(|_| b"{}".to_vec());
        Bytes::from([br#"{"type":"ERROR","object":"#, status.as_slice(), TAIL].concat())
    }
}

/// What a bookmark says of its object.
fn bookmark(revision: Revision, ends_state: bool) -> ObjectMeta {
    let mark = || BTreeMap::from([(ENDS_STATE.to_owned(), "true".to_owned())]);
    ObjectMeta {
        annotations: ends_state.then(mark),
        resource_version: Some(revision.to_string()),
        ..ObjectMeta::default()
    }
}

/// What an event is called.
const fn word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Added => "ADDED",
        EventKind::Modified => "MODIFIED",
        EventKind::Deleted => "DELETED",
    }
}
