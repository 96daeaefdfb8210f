//! Where the server listens, and with which certificates.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use tokio::net::TcpListener;

use super::CliError;
use super::config::v1alpha1::TlsVersion;
use super::settings::Settings;
use crate::tls::{MinVersion, Pair, SelfSigned, ServingOptions, SniPair};

/// Where upstream's servers put what they make for themselves.
const CERT_DIR: &str = "apiserver.local.config/certificates";

/// Listens at the address that is said, else at `usual`.
pub(super) async fn listen(settings: &Settings, usual: IpAddr) -> Result<TcpListener, CliError> {
    let serving = &settings.config.serving;
    let ip = match serving.bind_address.as_str() {
        "" => usual,
        said => said.parse().map_err(|_| {
            let place = "serving.bindAddress";
            settings
                .wrong(place, format!("{place}: {said:?} is no IP address"))
                .help("`--bind-address 127.0.0.1`")
        })?,
    };
    // The rules of the configuration let no other number through.
    let port = serving
        .port
        .and_then(|port| u16::try_from(port).ok())
        .unwrap_or_default();
    let address = SocketAddr::new(ip, port);
    TcpListener::bind(address).await.map_err(|error| {
        let (place, help) = match error.kind() {
            io::ErrorKind::AddrInUse => ("serving.port", "`--secure-port 0` takes any port that is free"),
            io::ErrorKind::PermissionDenied => ("serving.port", "choose a port above 1023"),
            _ => ("serving.bindAddress", "choose an address of this machine"),
        };
        settings
            .wrong(place, format!("cannot listen on {address}: {error}"))
            .help(help)
    })
}

/// All addresses of this machine, of both families where there are both.
pub(super) fn everywhere() -> IpAddr {
    let both = std::net::TcpListener::bind(SocketAddr::new(Ipv6Addr::UNSPECIFIED.into(), 0));
    both.map_or(Ipv4Addr::UNSPECIFIED.into(), |_| Ipv6Addr::UNSPECIFIED.into())
}

/// The certificates; one that lies in `folder` is made if no file of one is named.
pub(super) fn certificates(settings: &Settings, folder: Option<PathBuf>, address: SocketAddr) -> ServingOptions {
    let serving = &settings.config.serving;
    let pair = if serving.cert_file.is_empty() {
        let folder = match serving.cert_dir.as_str() {
            "" => folder.unwrap_or_else(|| CERT_DIR.into()),
            said => said.into(),
        };
        Pair::SelfSigned(self_signed(folder, address))
    } else {
        Pair::Files {
            certificate: serving.cert_file.clone().into(),
            key: serving.key_file.clone().into(),
        }
    };
    let sni = serving.sni.iter().map(|pair| SniPair {
        certificate: pair.cert_file.clone().into(),
        key: pair.key_file.clone().into(),
        hosts: pair.names.clone(),
    });
    ServingOptions {
        pair,
        sni: sni.collect(),
        min_version: match serving.tls_min_version {
            Some(TlsVersion::Tls13) => MinVersion::Tls13,
            Some(TlsVersion::Tls12) | None => MinVersion::Tls12,
        },
    }
}

fn self_signed(folder: PathBuf, address: SocketAddr) -> SelfSigned {
    let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    let own = address.ip();
    if !own.is_unspecified() && !own.is_loopback() {
        hosts.push(own.to_string());
    }
    hosts.extend(std::env::var("HOSTNAME").ok().filter(|name| !name.is_empty()));
    SelfSigned {
        folder,
        name: "apiserver".to_owned(),
        hosts,
    }
}
