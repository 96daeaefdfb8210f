//! A hash of values as data: that of an object does not depend on the order of its members. It finds what may be equal;
//! whether it is, a comparison says.

use super::yaml::{Entry, Kind};

/// The hash of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Hash(pub(super) u64);

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hash {
    /// The hash of a value whose parts have theirs.
    pub(super) fn of(kind: &Kind<'_>) -> Self {
        match kind {
            Kind::Null => Self(1).and(0),
            Kind::Bool(value) => Self(2).and(u64::from(*value)),
            Kind::Int(value) => {
                let [low, high] = [*value as u64, (*value >> 64) as u64];
                Self(3).and(low).and(high)
            }
            Kind::Float(value) => Self(4).and(value.to_bits()),
            Kind::Text(text) => Self::of_text(text),
            Kind::List(items) => items.iter().fold(Self(6), |hash, item| hash.and(item.hash.0)),
            Kind::Map(entries) => Self::of_entries(entries.iter()),
        }
    }

    /// The hash of some members of an object.
    pub(super) fn of_entries<'e, 't: 'e>(entries: impl Iterator<Item = &'e Entry<'t>>) -> Self {
        let sum = entries.fold(0_u64, |sum, entry| {
            sum.wrapping_add(Self::of_text(&entry.key).and(entry.value.hash.0).0)
        });
        Self(7).and(sum)
    }

    /// The hash of a text.
    pub(super) fn of_text(text: &str) -> Self {
        let chunks = text.as_bytes().chunks(8).map(|chunk| {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            u64::from_le_bytes(bytes)
        });
        chunks.fold(Self(5).and(text.len() as u64), Self::and)
    }

    /// The hash of both.
    #[must_use]
    pub(super) fn and(self, more: u64) -> Self {
        let mixed = (self.0.rotate_left(23) ^ more).wrapping_mul(FACTOR);
        Self(mixed ^ (mixed >> 32))
    }
}
