//! Which certificate the server shows.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use kgen_apiserver::auth::{AlwaysAllow, Authenticators, Trust};
use kgen_apiserver::tls::{MinVersion, Pair, Serving, ServingOptions, SniPair};
use rustls::SupportedProtocolVersion;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::authority::{Authority, Signed};
use crate::client::Client;
use crate::front_proxy::eventually;
use crate::gate::{self, self_signed};

fn write(folder: &Path, name: &str, signed: &Signed) -> Pair {
    let (certificate, key) = (folder.join(format!("{name}.crt")), folder.join(format!("{name}.key")));
    std::fs::write(&certificate, &signed.certificate).expect("it is written");
    std::fs::write(&key, &signed.key).expect("it is written");
    Pair::Files { certificate, key }
}

fn der(signed: &Signed) -> Vec<u8> {
    CertificateDer::from_pem_slice(signed.certificate.as_bytes())
        .expect("PEM")
        .to_vec()
}

/// A client of a server that lets everybody in.
async fn serve(options: ServingOptions, authority: &str) -> Client {
    let serving = Serving::start(options, &Trust::default()).expect("it starts");
    let anybody = Arc::new(Authenticators::new(Vec::new(), true));
    let address = gate::serve(serving, anybody, Arc::new(AlwaysAllow)).await;
    Client::new(address, authority)
}

/// A certificate that is replaced is shown to the next client; while it is but half replaced, the old one is.
#[tokio::test]
async fn s153_certificates_are_read_again() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let authority = Authority::new("servers");
    let (old, new) = (authority.server(&["localhost"]), authority.server(&["localhost"]));
    let client = serve(gate::options(write(folder.path(), "tls", &old)), &authority.pem()).await;
    assert_eq!(client.get("/", &[]).await.shown, der(&old));

    std::fs::write(folder.path().join("tls.crt"), &new.certificate).expect("it is written");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(client.get("/", &[]).await.shown, der(&old));

    write(folder.path(), "tls", &new);
    eventually(&client, &[], |answer| answer.shown == der(&new)).await;
}

/// A client that asks for a host sees the certificate for it.
#[tokio::test]
async fn s153_certificates_are_chosen_by_name() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let authority = Authority::new("servers");
    let (all, own, named) = (
        authority.server(&["localhost", "a.example.com", "c.b.example.org"]),
        authority.server(&["a.example.com", "*.example.org"]),
        authority.server(&["b.example.com", "localhost"]),
    );
    let sni = |name: &str, signed: &Signed, hosts: &[&str]| {
        let Pair::Files { certificate, key } = write(folder.path(), name, signed) else {
            unreachable!("it was written to files")
        };
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        SniPair {
            certificate,
            key,
            hosts,
        }
    };
    let options = ServingOptions {
        sni: vec![
            sni("own", &own, &[]),
            sni("named", &named, &["b.example.com", "a.example.com"]),
        ],
        ..gate::options(write(folder.path(), "all", &all))
    };
    let mut client = serve(options, &authority.pem()).await;
    let wanted = [
        ("localhost", &all),
        ("a.example.com", &own),
        ("b.example.com", &named),
        ("x.example.org", &own),
        ("c.b.example.org", &all),
    ];
    for (host, signed) in wanted {
        client.host = host;
        assert_eq!(client.get("/", &[]).await.shown, der(signed), "{host}");
    }
}

/// A server without a certificate makes one, once, and keeps the key to itself.
#[tokio::test]
async fn s153_a_certificate_is_made_when_there_is_none() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let pair = self_signed(&folder.path().join("new"));
    let start = || Serving::start(gate::options(Pair::SelfSigned(pair.clone())), &Trust::default());
    drop(start().expect("it starts"));
    let authority = String::from_utf8(pair.authority().expect("it was made")).expect("PEM is text");
    let mut client = serve(gate::options(Pair::SelfSigned(pair.clone())), &authority).await;
    for host in ["localhost", "127.0.0.1"] {
        client.host = host;
        assert_eq!(client.get("/", &[]).await.status, 200);
    }
    assert_eq!(client.get("/", &[]).await.asked_for, None);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(pair.key()).expect("it was made").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

const TLS12: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12];

/// TLS 1.2 is spoken unless it is forbidden, and a server does not start with a key of another certificate.
#[tokio::test]
async fn s153_old_versions_and_wrong_keys_are_refused() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let authority = Authority::new("servers");
    let signed = authority.server(&["localhost"]);
    let pair = write(folder.path(), "tls", &signed);
    for (min_version, is_spoken) in [(MinVersion::Tls12, true), (MinVersion::Tls13, false)] {
        let options = ServingOptions {
            min_version,
            ..gate::options(pair.clone())
        };
        let mut client = serve(options, &authority.pem()).await;
        assert_eq!(client.get("/", &[]).await.status, 200);
        client.versions = TLS12;
        assert_eq!(client.try_get("/", &[]).await.is_ok(), is_spoken);
    }
    let wrong = Signed {
        key: authority.server(&["localhost"]).key,
        ..signed
    };
    let wrong = Serving::start(gate::options(write(folder.path(), "wrong", &wrong)), &Trust::default());
    let error = wrong.expect_err("the key is another's").to_string();
    assert!(error.contains("wrong.key"), "{error}");
}
