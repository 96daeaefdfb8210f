//! Compressed answers: long ones as a whole, streams piece by piece.
//!
//! A stream is one member, so that every client can read it. Each piece ends with the mark of a flush, at which readers
//! hand on what they have, and leans on no piece before it, so that a stream which waits for events keeps no compressor.

use std::io::{Result, Write as _};

use bytes::Bytes;
use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};
use futures_util::{Stream, StreamExt, future, stream};
use http::header::{CONTENT_ENCODING, VARY};
use http::{HeaderMap, HeaderValue};

/// Up to how many bytes a piece of a stream is sent as it is. Compressing it would cost more than it spares, since the
/// compressor has tables to fill first; and each watch would pay that for each event.
const SHORT: usize = 4 << 10;

/// The beginning of a member of an unknown system, which says nothing of a file or of a time.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// How a block begins that is not compressed, and has others behind it.
const STORED: u8 = 0;

/// The mark of a flush: such a block without bytes.
const FLUSHED: [u8; 5] = [STORED, 0, 0, 0xff, 0xff];

/// The last block, which has no bytes either.
const LAST: [u8; 2] = [3, 0];

/// Says that a body is compressed.
pub(super) fn announce(headers: &mut HeaderMap) {
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
}

/// A whole body.
pub(super) fn whole(body: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 8), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}

/// A stream whose pieces can be read as they come.
pub(super) fn pieces(pieces: impl Stream<Item = Bytes> + Send + 'static) -> impl Stream<Item = Result<Bytes>> + Send {
    let pieces = pieces.map(Some).chain(stream::iter([None]));
    pieces.scan(Member::default(), |member, piece| {
        let bytes = match piece {
            Some(piece) => member.piece(&piece),
            None => Ok(member.end()),
        };
        future::ready(Some(bytes.map(Bytes::from)))
    })
}

/// What has to be known of a member until its end.
#[derive(Default)]
struct Member {
    has_begun: bool,
    sum: Crc,
}

impl Member {
    fn piece(&mut self, piece: &[u8]) -> Result<Vec<u8>> {
        self.sum.update(piece);
        let mut bytes = self.head();
        match u16::try_from(piece.len()) {
            Ok(length) if piece.len() <= SHORT => {
                bytes.reserve(piece.len() + 2 * FLUSHED.len());
                bytes.push(STORED);
                bytes.extend_from_slice(&length.to_le_bytes());
                bytes.extend_from_slice(&(!length).to_le_bytes());
                bytes.extend_from_slice(piece);
                bytes.extend_from_slice(&FLUSHED);
                Ok(bytes)
            }
            _ => {
                bytes.reserve(piece.len() / 8);
                let mut encoder = DeflateEncoder::new(bytes, Compression::fast());
                encoder.write_all(piece)?;
                encoder.flush()?;
                // What the encoder writes when it goes would end the member.
                Ok(std::mem::take(encoder.get_mut()))
            }
        }
    }

    fn end(&mut self) -> Vec<u8> {
        let mut bytes = self.head();
        bytes.extend_from_slice(&LAST);
        bytes.extend_from_slice(&self.sum.sum().to_le_bytes());
        bytes.extend_from_slice(&self.sum.amount().to_le_bytes());
        bytes
    }

    /// The beginning, once.
    fn head(&mut self) -> Vec<u8> {
        match std::mem::replace(&mut self.has_begun, true) {
            true => Vec::new(),
            false => HEAD.to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;
    use flate2::write;
    use futures_util::FutureExt;

    use super::*;

    fn texts() -> Vec<String> {
        let text = |length| "a watched pot never boils; ".repeat(1 + length / 27)[..length].to_owned();
        [0, 1, SHORT, SHORT + 1, 100_000, 3].map(text).into()
    }

    fn sent(texts: &[String]) -> Vec<Bytes> {
        let bytes: Vec<Bytes> = texts.iter().map(|text| Bytes::from(text.clone())).collect();
        let sent: Vec<_> = pieces(stream::iter(bytes))
            .collect()
            .now_or_never()
            .expect("nothing has to be waited for");
        sent.into_iter().map(|piece| piece.expect("there is room")).collect()
    }

    #[test]
    fn a_stream_is_one_member() {
        for texts in [texts(), Vec::new()] {
            let mut text = String::new();
            let stream = sent(&texts).concat();
            let mut decoder = GzDecoder::new(&*stream);
            let read = decoder.read_to_string(&mut text);
            assert_eq!((read.ok(), text), (Some(texts.concat().len()), texts.concat()));
            assert!(decoder.into_inner().is_empty());
        }
    }

    #[test]
    fn a_piece_can_be_read_when_it_has_come() {
        let texts = texts();
        let sent = sent(&texts);
        let mut decoder = write::GzDecoder::new(Vec::new());
        let mut expected = String::new();
        for (piece, text) in sent.iter().zip(&texts) {
            decoder.write_all(piece).expect("it is legal");
            decoder.flush().expect("it is legal");
            expected.push_str(text);
            assert_eq!(decoder.get_ref().len(), expected.len());
            // At this mark readers hand on what they have, whatever their buffers are.
            assert!(piece.ends_with(&FLUSHED));
        }
        assert_eq!(decoder.get_ref(), expected.as_bytes());
        assert!(sent[4].len() < 10_000);
    }
}
