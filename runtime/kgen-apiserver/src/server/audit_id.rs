//! The number by which a request is found in logs: the client's own, or a new one.

use std::fmt::Write;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use http::header::{HeaderMap, HeaderName, HeaderValue};

/// The header that holds it.
pub(super) const AUDIT_ID: HeaderName = HeaderName::from_static("audit-id");

/// How long a client's own may be.
const LONGEST: usize = 64;

/// Where new ones begin. They have to be unique, not secret.
static SEED: LazyLock<(u64, u64)> = LazyLock::new(|| {
    let random = || RandomState::new().hash_one(std::process::id());
    (random(), random())
});
static COUNT: AtomicU64 = AtomicU64::new(0);

/// The number of a request with these headers.
pub(super) fn of(headers: &HeaderMap) -> HeaderValue {
    let own = headers
        .get(&AUDIT_ID)
        .filter(|id| !id.is_empty() && id.len() <= LONGEST && id.to_str().is_ok());
    own.cloned().unwrap_or_else(unique)
}

/// A UUID of version 4.
fn unique() -> HeaderValue {
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let (high, low) = *SEED;
    let (high, low) = (mixed(high ^ count), mixed(low.wrapping_add(count)));
    let high = high & 0xffff_ffff_ffff_0fff | 0x4000;
    let low = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000;
    let mut text = String::with_capacity(36);
    // Writing into a string does not fail.
    let _ = write!(
        text,
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    );
    HeaderValue::try_from(text).expect("digits and hyphens may stand in a header")
}

/// Spreads the bits of a number; different numbers stay different (SplitMix64).
fn mixed(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    // TestWithAuditID
    #[test]
    fn s034_a_request_keeps_its_audit_id_or_gets_one() {
        let id_of = |id: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUDIT_ID, HeaderValue::from_str(id).expect("it may stand in a header"));
            of(&headers)
        };
        assert_eq!(id_of("my-own"), "my-own");
        assert_eq!(id_of(&"x".repeat(64)).len(), 64);
        assert_eq!(id_of(&"x".repeat(65)).len(), 36);
        assert_eq!(id_of("").len(), 36);
        let new: std::collections::BTreeSet<_> = (0..1000).map(|_| of(&HeaderMap::new()).as_bytes().to_vec()).collect();
        assert_eq!(new.len(), 1000);
        let one = String::from_utf8_lossy(new.first().expect("there are some")).into_owned();
        assert_eq!(one.as_bytes()[14], b'4', "{one}");
    }
}
