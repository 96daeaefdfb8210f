//! `ipv4`: an address with dots in it.

use super::ips::{is_sloppy_ipv4, is_sloppy_ipv6};
use super::type_invalid;
use crate::validation::{Errors, Path};

/// `192.0.2.1`, whose numbers may have zeros before them. As upstream, `::ffff:192.0.2.1` passes too.
pub fn ipv4(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_ipv4(value) {
        type_invalid(errors, path, value, "ipv4");
    }
}

fn is_ipv4(value: &str) -> bool {
    match value.find(['.', ':']).map(|index| value.as_bytes()[index]) {
        Some(b'.') => is_sloppy_ipv4(value),
        Some(_) => value.contains('.') && is_sloppy_ipv6(value),
        None => false,
    }
}
