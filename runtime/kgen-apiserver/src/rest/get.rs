//! Reads one object, or its status, which is the same object.

use super::encode;
use super::options::{self, Rendering};
use super::{Target, metadata_only, read_failure};
use crate::failure::Failure;
use crate::negotiation::{Answer, Encoding, Form, Notation, Shape};
use crate::protobuf;
use crate::request::Request;
use crate::response::Response;
use crate::storage::EventKind;

/// What clients are told that ask for what has been gone for years.
const NO_EXPORT: &str = "the export parameter, deprecated since v1.14, is no longer supported";

pub(super) async fn get(target: &Target<'_>, request: &Request) -> Result<Response, Failure> {
    let info = &request.resource;
    let rendering = Rendering::of(request, Answer::Object)?;
    if matches!(request.query.get("export"), Some(export) if export != "false" && export != "0") {
        return Err(Failure::bad_request(NO_EXPORT));
    }
    let key = target.key(info, &info.name)?;
    let at = options::at(request.query.get("resourceVersion"))?;
    let read = target.resource.reader.get(&key, at).await;
    let (_, item) = read.map_err(|error| read_failure(error, &info.subject(), info.verb))?;
    let item = item.ok_or_else(|| Failure::not_found(&info.subject()))?;
    let Form { encoding, shape, meta } = rendering.form;
    let notation = match encoding {
        Encoding::Text(notation) => notation,
        Encoding::Protobuf => {
            let message = metadata_only::message(target.resource, target.version, &item)?;
            let body = protobuf::enveloped(meta, metadata_only::KIND, message);
            return encode::finish(request, &rendering, body).await;
        }
    };
    let frame = encode::frame_in(
        &rendering.form,
        target.resource,
        target.version,
        &item,
        EventKind::Added,
    )?;
    let body = match shape {
        Shape::Whole | Shape::Metadata if notation == Notation::Json => frame.line(),
        Shape::Whole | Shape::Metadata => encode::written(notation, frame.object().to_vec())?,
        Shape::Table => {
            let cells = || encode::cells(target.resource, target.version, &item).cloned();
            encode::written(
                notation,
                encode::shaped(&rendering, &target.version.kind.columns, frame.object(), cells)?,
            )?
        }
    };
    encode::finish(request, &rendering, body).await
}
