//! `ipv6`: an address with colons in it.

use std::net::Ipv6Addr;

use super::type_invalid;
use crate::validation::{Errors, Path};

/// `2001:db8::1`, without a zone.
pub fn ipv6(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_ipv6(value) {
        type_invalid(errors, path, value, "ipv6");
    }
}

fn is_ipv6(value: &str) -> bool {
    value.parse::<Ipv6Addr>().is_ok()
}
