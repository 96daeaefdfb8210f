//! Compressed answers: long ones as a whole, streams piece by piece. Each piece of a stream is a member of its own, as in
//! `k8s.io/apiserver/pkg/endpoints/handlers/responsewriters`, so that it can be read at once, and so that a stream which
//! waits for events keeps no state of a compressor.

use std::io::{Result, Write as _};

use bytes::Bytes;
use flate2::write::GzEncoder;
use flate2::{Compression, Crc};
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, VARY};
use http::{HeaderMap, HeaderValue};

use crate::request::Request;

/// Up to how many bytes a piece of a stream is sent as it is, inside a member. Compressing it would cost more than it
/// spares, since the compressor has tables to fill first; and each watch would pay that for each event.
const SHORT: usize = 4 << 10;

/// The beginning of a member of an unknown system, which says nothing of a file or of a time.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// A block that is the last one, and is not compressed.
const STORED: u8 = 1;

/// Whether a client can read what is compressed.
pub(super) fn is_accepted(request: &Request) -> bool {
    let accepted = request.header(ACCEPT_ENCODING).unwrap_or_default();
    accepted.split(',').any(|encoding| {
        let (name, parameters) = encoding.split_once(';').unwrap_or((encoding, ""));
        name.trim() == "gzip" && !matches!(parameters.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

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

/// A piece of a stream.
pub(super) fn piece(piece: &[u8]) -> Result<Bytes> {
    match u16::try_from(piece.len()) {
        Ok(length) if piece.len() <= SHORT => Ok(Bytes::from(stored(piece, length))),
        _ => whole(piece).map(Bytes::from),
    }
}

fn stored(piece: &[u8], length: u16) -> Vec<u8> {
    let mut sum = Crc::new();
    sum.update(piece);
    let mut member = Vec::with_capacity(HEAD.len() + 5 + piece.len() + 8);
    member.extend_from_slice(&HEAD);
    member.push(STORED);
    member.extend_from_slice(&length.to_le_bytes());
    member.extend_from_slice(&(!length).to_le_bytes());
    member.extend_from_slice(piece);
    member.extend_from_slice(&sum.sum().to_le_bytes());
    member.extend_from_slice(&u32::from(length).to_le_bytes());
    member
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::MultiGzDecoder;

    use super::*;

    #[test]
    fn pieces_are_members_of_one_stream() {
        let pieces = [0, 1, SHORT, SHORT + 1, 100_000]
            .map(|length| "a watched pot never boils; ".repeat(1 + length / 27)[..length].to_owned());
        let members = pieces.iter().map(|text| piece(text.as_bytes()).expect("there is room"));
        let members: Vec<Bytes> = members.collect();
        for (text, member) in pieces.iter().zip(&members) {
            let mut read = String::new();
            let whole = MultiGzDecoder::new(&**member).read_to_string(&mut read);
            assert_eq!((whole.ok(), &read), (Some(text.len()), text));
        }
        let mut read = String::new();
        let stream = members.concat();
        assert!(MultiGzDecoder::new(&*stream).read_to_string(&mut read).is_ok());
        assert_eq!(read, pieces.concat());
        assert!(members[4].len() < 10_000);
    }
}
