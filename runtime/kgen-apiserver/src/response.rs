//! What is sent back.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt};
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use http_body::{Frame, SizeHint};

/// A response.
pub type Response = http::Response<Body>;

/// The body of a response.
pub enum Body {
    /// Pieces that are there already, such as the items of a list.
    Pieces(VecDeque<Bytes>),
    /// Pieces that come up as time passes. The body ends with the stream; an error breaks the connection off.
    Stream(BoxStream<'static, Result<Bytes, std::io::Error>>),
}

impl Body {
    /// A body of pieces that come up as time passes.
    pub fn stream(pieces: impl Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static) -> Self {
        Self::Stream(pieces.boxed())
    }

    /// How many bytes there are, if that is known.
    pub fn len(&self) -> Option<usize> {
        match self {
            Self::Pieces(pieces) => Some(pieces.iter().map(Bytes::len).sum()),
            Self::Stream(_) => None,
        }
    }

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }
}

/// A response with a body and its media type.
pub fn response(status: http::StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = http::Response::new(body.into());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::Pieces(VecDeque::from([bytes]))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        match &mut *self {
            Self::Pieces(pieces) => Poll::Ready(next(pieces).map(|piece| Ok(Frame::data(piece)))),
            Self::Stream(pieces) => pieces
                .poll_next_unpin(context)
                .map(|piece| piece.map(|piece| piece.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Pieces(pieces) if pieces.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        self.len()
            .map_or_else(SizeHint::default, |len| SizeHint::with_exact(len as u64))
    }
}

/// Pieces below this size are sent together with others, since each frame costs more than to copy them.
const SMALL: usize = 16 * 1024;
/// How many bytes are sent together.
const TOGETHER: usize = 64 * 1024;

/// The next bytes to be sent: a large piece as it is, or several small ones.
fn next(pieces: &mut VecDeque<Bytes>) -> Option<Bytes> {
    let first = pieces.pop_front()?;
    let fits = |len: usize, piece: &Bytes| piece.len() < SMALL && len + piece.len() <= TOGETHER;
    if first.len() >= SMALL || !pieces.front().is_some_and(|second| fits(first.len(), second)) {
        return Some(first);
    }
    let mut len = first.len();
    let more = pieces.iter().take_while(|piece| {
        let more = fits(len, piece);
        len += if more { piece.len() } else { 0 };
        more
    });
    let more = more.count();
    let mut together = BytesMut::with_capacity(len);
    together.extend_from_slice(&first);
    pieces
        .drain(..more)
        .for_each(|piece| together.extend_from_slice(&piece));
    Some(together.freeze())
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pieces(_) => write!(f, "Body({:?} bytes)", self.len()),
            Self::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_pieces_are_sent_together() {
        let sent = |sizes: &[usize]| {
            let mut pieces: VecDeque<Bytes> = sizes.iter().map(|size| Bytes::from(vec![0; *size])).collect();
            std::iter::from_fn(|| next(&mut pieces))
                .map(|piece| piece.len())
                .collect::<Vec<_>>()
        };
        assert_eq!(sent(&[]), [0; 0]);
        assert_eq!(sent(&[5]), [5]);
        assert_eq!(sent(&[5, 6, 7]), [18]);
        assert_eq!(sent(&[SMALL, 1, 2, SMALL, 3]), [SMALL, 3, SMALL, 3]);
        assert_eq!(sent(&[SMALL - 1; 6]), [4 * (SMALL - 1), 2 * (SMALL - 1)]);
    }
}
