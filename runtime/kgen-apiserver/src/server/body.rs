//! Reads the body of a request, up to a limit.

use std::fmt::Display;
use std::pin::{Pin, pin};

use bytes::{Buf, Bytes, BytesMut};
use http_body::Body;

use super::refusal::Refusal;
use crate::failure::Failure;

/// The bytes of a body. One that comes in one piece is not copied.
///
/// # Errors
/// If there are more than `limit`, or if the client breaks off.
pub(super) async fn read<B>(body: B, limit: usize) -> Result<Bytes, Refusal>
where
    B: Body,
    B::Error: Display,
{
    let mut body = pin!(body);
    let hint = body.size_hint();
    if usize::try_from(hint.lower()).is_ok_and(|length| length > limit) {
        drain(body, hint.lower(), limit).await;
        return Err(Failure::too_large(limit).into());
    }
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(frame) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let frame = frame.map_err(|error| Failure::bad_request(format!("the body cannot be read: {error}")))?;
        let Ok(mut data) = frame.into_data() else { continue };
        let length = data.remaining();
        let data = data.copy_to_bytes(length);
        if first.len() + all.len() + data.len() > limit {
            drain(body, 0, limit).await;
            return Err(Failure::too_large(limit).into());
        }
        if first.is_empty() && all.is_empty() {
            first = data;
            continue;
        }
        if all.is_empty() {
            let expected = usize::try_from(hint.upper().unwrap_or_default()).unwrap_or_default();
            all.reserve(expected.min(limit).max(first.len() + data.len()));
            all.extend_from_slice(&std::mem::take(&mut first));
        }
        all.extend_from_slice(&data);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// Reads on, so that a client that is still sending gets its answer and not a connection that breaks off; but not more
/// than twice `limit`, and nothing of a body whose `length` is said to be more than that.
async fn drain<B: Body>(mut body: Pin<&mut B>, length: u64, limit: usize) {
    let mut left = limit.saturating_mul(2);
    if usize::try_from(length).is_ok_and(|length| length > left) {
        return;
    }
    while let Some(Ok(frame)) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let length = frame.data_ref().map_or(0, Buf::remaining);
        match left.checked_sub(length) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}
