//! Where a request comes from: through which proxies, as they say, and from which connection.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;

/// The addresses, the first sender's first.
pub(super) fn of(headers: &HeaderMap, peer: Option<SocketAddr>) -> Vec<IpAddr> {
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let forwarded = forwarded
        .flat_map(|value| value.split(','))
        .filter_map(|ip| ip.trim().parse().ok());
    let mut sources: Vec<IpAddr> = forwarded.collect();
    if sources.is_empty() {
        let real = headers.get("x-real-ip").and_then(|ip| ip.to_str().ok());
        sources.extend(real.and_then(|ip| ip.trim().parse::<IpAddr>().ok()));
    }
    if let Some(peer) = peer.map(|peer| peer.ip()).filter(|peer| sources.last() != Some(peer)) {
        sources.push(peer);
    }
    sources
}
