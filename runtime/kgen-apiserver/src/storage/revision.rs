//! The number that orders all writes of a store.

use std::fmt;
use std::str::FromStr;

/// The revision of a store: one counter for all keys, one higher for each write, never reused.
///
/// An object's `resourceVersion` is the revision of its last write, a list's the revision at which it was read. Zero
/// is no revision: it stands for "absent" in comparisons and for "any" in requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(u64);

/// A resource version that is not a decimal number without leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRevision(String);

impl Revision {
    /// No revision.
    pub const ZERO: Self = Self(0);
    /// The revision of a store that was never written to.
    pub const FIRST: Self = Self(1);

    /// The revision with this number.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Whether this is no revision.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The revision of the write after this one.
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The revision before this one, at least zero.
    pub const fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Revision {
    type Err = BadRevision;

    /// Reads a resource version as clients send it (KEP-5504): decimal digits, no sign, no leading zero, below 2⁶³.
    fn from_str(text: &str) -> Result<Self, BadRevision> {
        let is_canonical = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
        match text.parse::<u64>() {
            Ok(number) if is_canonical && i64::try_from(number).is_ok() => Ok(Self(number)),
            _ => Err(BadRevision(text.to_owned())),
        }
    }
}

impl fmt::Display for BadRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid resource version: `{}` is not a decimal number", self.0)
    }
}

impl std::error::Error for BadRevision {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_canonical_decimals_are_revisions() {
        for (text, number) in [("0", 0), ("1", 1), ("9223372036854775807", i64::MAX as u64)] {
            assert_eq!(text.parse(), Ok(Revision::new(number)));
            assert_eq!(Revision::new(number).to_string(), text);
        }
        for text in ["", "01", "+1", "-1", "1 ", "x", "9223372036854775808"] {
            assert!(text.parse::<Revision>().is_err(), "`{text}`");
        }
    }
}
