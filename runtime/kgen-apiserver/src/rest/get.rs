//! Reads one object, or its status, which is the same object.

use super::encode;
use super::options::{self, Rendering};
use super::{Target, read_failure};
use crate::failure::Failure;
use crate::negotiation::{Answer, Encoding, Form, Shape};
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
    let Form { encoding, shape, .. } = rendering.form;
    let frame = encode::frame_in(
        &rendering.form,
        target.resource,
        target.version,
        &item,
        EventKind::Added,
    )?;
    let body = match shape {
        Shape::Whole | Shape::Metadata if encoding == Encoding::Json => frame.line(),
        Shape::Whole | Shape::Metadata => encode::written(encoding, frame.object().to_vec())?,
        Shape::Table => {
            let cells = || encode::cells(target.resource, target.version, &item);
            encode::shaped(&rendering, &target.version.kind.columns, frame.object(), cells)?
        }
    };
    encode::finish(request, &rendering, body).await
}
