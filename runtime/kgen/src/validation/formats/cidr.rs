//! `cidr`: a range of addresses.

use super::ips::{is_number, is_sloppy_ipv4, is_sloppy_ipv6};
use super::type_invalid;
use crate::validation::{Errors, Path};

/// `192.0.2.0/24` or `2001:db8::/32`. Numbers may have zeros before them.
pub fn cidr(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_cidr(value) {
        type_invalid(errors, path, value, "cidr");
    }
}

fn is_cidr(value: &str) -> bool {
    let Some((address, bits)) = value.split_once('/') else {
        return false;
    };
    let bits = bits.as_bytes();
    (is_sloppy_ipv4(address) && is_number(bits, 32)) || (is_sloppy_ipv6(address) && is_number(bits, 128))
}
