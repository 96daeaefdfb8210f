//! `uri`: an address of the web.

use std::net::Ipv6Addr;

use super::type_invalid;
use crate::validation::{Errors, Path};

/// An absolute URI or an absolute path, as Go's `url.ParseRequestURI` reads it.
pub fn uri(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_uri(value) {
        type_invalid(errors, path, value, "uri");
    }
}

fn is_uri(value: &str) -> bool {
    if value.is_empty() || value.bytes().any(|byte| byte.is_ascii_control()) {
        return false;
    }
    if value == "*" {
        return true;
    }
    let Some((scheme, rest)) = split_scheme(value) else {
        return false;
    };
    let rest = rest.split_once('?').map_or(rest, |(before, _)| before);
    if !rest.starts_with('/') {
        return scheme.is_some();
    }
    match (scheme, rest.strip_prefix("//")) {
        (Some(scheme), Some(rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            is_authority(scheme, authority) && is_escaped(path, |_| true)
        }
        _ => is_escaped(rest, |_| true),
    }
}

/// The scheme, if there is one, and the rest. Absent if there is a colon with nothing before it.
fn split_scheme(value: &str) -> Option<(Option<&str>, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    match value.find(|c| !is_part(c)) {
        Some(0) if value.starts_with(':') => None,
        Some(end) if value.as_bytes()[end] == b':' && value.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            Some((Some(&value[..end]), &value[end + 1..]))
        }
        _ => Some((None, value)),
    }
}

fn is_authority(scheme: &str, authority: &str) -> bool {
    match authority.rsplit_once('@') {
        None => is_host(scheme, authority),
        Some((user, host)) => {
            let is_part = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
            is_host(scheme, host) && user.chars().all(is_part) && is_escaped(user, |_| true)
        }
    }
}

fn is_host(scheme: &str, host: &str) -> bool {
    match host.rfind('[') {
        None => {}
        Some(0) => return is_bracketed_host(host),
        Some(_) => return false,
    }
    let is_http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    // Other schemes may list several hosts, each with a port.
    let colon = if is_http { host.find(':') } else { host.rfind(':') };
    colon.is_none_or(|colon| is_port(&host[colon..])) && is_host_text(host)
}

/// `[2001:db8::1]:80`, with a zone after `%25`.
fn is_bracketed_host(host: &str) -> bool {
    let Some((name, port)) = host[1..].rsplit_once(']') else {
        return false;
    };
    let (address, zone) = match name.find("%25") {
        Some(index) => (&name[..index], Some(&name[index + 3..])),
        None => (name, None),
    };
    let is_zone = |zone: &str| {
        let is_zone_byte = |byte| byte == b' ' || byte == b'%' || is_host_byte(byte);
        !zone.is_empty()
            && zone
                .bytes()
                .all(|byte| !byte.is_ascii() || byte == b'%' || is_host_byte(byte))
            && is_escaped(zone, is_zone_byte)
    };
    is_port(port) && address.parse::<Ipv6Addr>().is_ok() && zone.is_none_or(is_zone)
}

fn is_port(port: &str) -> bool {
    port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_host_text(host: &str) -> bool {
    host.bytes()
        .all(|byte| !byte.is_ascii() || byte == b'%' || is_host_byte(byte))
        && is_escaped(host, |byte| !byte.is_ascii() || byte == b'%')
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:[]<>\"".contains(&byte)
}

/// Whether every percent sign has two hexadecimal digits behind it, for a byte that may be escaped.
fn is_escaped(text: &str, may_be_escaped: impl Fn(u8) -> bool) -> bool {
    text.split('%').skip(1).all(|after| {
        let digits = after
            .get(..2)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        digits
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .is_some_and(&may_be_escaped)
    })
}
