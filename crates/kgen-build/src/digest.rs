//! A digest of texts, by which a change is noticed. It is the same in every version of Rust, unlike the hash of the
//! standard library. It guards against oversights, not against forgers.

use std::fmt;

/// Digits of the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// A sum of pieces, eight bytes at a time: outputs are megabytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digest(u64);

impl Digest {
    pub(crate) fn new() -> Self {
        Self(FACTOR)
    }

    /// Of one piece alone.
    pub(crate) fn of(piece: impl AsRef<[u8]>) -> Self {
        let mut digest = Self::new();
        digest.add(piece);
        digest
    }

    /// Adds one piece. Its length belongs to it, so that no two sequences of pieces look alike.
    pub(crate) fn add(&mut self, piece: impl AsRef<[u8]>) {
        let piece = piece.as_ref();
        self.word((piece.len() as u64).to_le_bytes());
        let (words, rest) = piece.as_chunks();
        words.iter().for_each(|word| self.word(*word));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.word(last);
    }

    /// Folds the halves of the long product, so that each bit of the word reaches all others.
    fn word(&mut self, word: [u8; 8]) {
        let product = u128::from(self.0 ^ u64::from_le_bytes(word)) * u128::from(FACTOR);
        self.0 = (product as u64) ^ (product >> 64) as u64;
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(pieces: &[&str]) -> String {
        let mut digest = Digest::new();
        pieces.iter().for_each(|piece| digest.add(piece));
        digest.to_string()
    }

    #[test]
    fn pieces_have_borders() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_ne!(digest(&["a"]), digest(&["a", ""]));
        assert_ne!(digest(&["a"]), digest(&["a\0"]));
    }

    #[test]
    fn every_byte_counts() {
        let text = "0123456789abcdef!";
        for at in 0..text.len() {
            let mut other = text.to_owned();
            other.replace_range(at..=at, "?");
            assert_ne!(digest(&[text]), digest(&[&other]));
        }
    }

    #[test]
    fn a_digest_is_the_same_everywhere() {
        assert_eq!(digest(&["stable"]), "1a7a9bd80d814502");
    }
}
