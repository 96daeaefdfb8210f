//! What TLS connections are made with, now.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::RwLock;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::sign::CertifiedKey;
use rustls::{DistinguishedName, ServerConfig, SupportedProtocolVersion};
use tokio::sync::watch;
use webpki::EndEntityCert;

use super::hosts::Hosts;
use super::verify::AnyClient;
use super::{SelfSigned, pem};
use crate::auth::{StartError, Trust, Trusted};
use crate::files::Files;

/// How often the files of certificates are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What a server shows its clients, and from which version of TLS on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServingOptions {
    /// What clients see that ask for no host, or for one that `sni` does not have.
    pub pair: Pair,
    /// What clients see that ask for some hosts. The first that has a host counts.
    pub sni: Vec<SniPair>,
    /// What a client has to speak at least.
    pub min_version: MinVersion,
}

/// A certificate and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pair {
    /// Files in PEM; the certificate may be followed by those of its issuers.
    Files {
        /// `--tls-cert-file`.
        certificate: PathBuf,
        /// `--tls-private-key-file`.
        key: PathBuf,
    },
    /// A pair that is made when it is not there.
    SelfSigned(SelfSigned),
}

/// A certificate for some hosts: `--tls-sni-cert-key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SniPair {
    /// The file of the certificate.
    pub certificate: PathBuf,
    /// The file of the key.
    pub key: PathBuf,
    /// The hosts, such as `example.com` or `*.example.com`; those of the certificate if there are none.
    pub hosts: Vec<String>,
}

/// The oldest version of TLS that is spoken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MinVersion {
    /// TLS 1.2.
    #[default]
    Tls12,
    /// TLS 1.3.
    Tls13,
}

/// What TLS connections are made with. It follows the files, and the authorities that clients are trusted by; clones
/// are the same.
#[derive(Clone)]
pub struct Serving(Arc<Shared>);

struct Shared {
    config: Arc<RwLock<Arc<ServerConfig>>>,
    following: tokio::task::AbortHandle,
}

impl Serving {
    /// Reads the files, or makes them, and follows them from then on. To be called within a Tokio runtime.
    ///
    /// # Errors
    /// If certificates cannot be read, or do not belong to their keys.
    pub fn start(options: ServingOptions, trust: &Trust) -> Result<Self, StartError> {
        if let Pair::SelfSigned(pair) = &options.pair {
            pair.write()?;
        }
        let mut trusted = trust.subscribe();
        let authorities = trusted.borrow_and_update().authorities();
        let mut files = Files::default();
        let config = build(&options, authorities.clone(), &mut files)?;
        let config = Arc::new(RwLock::new(Arc::new(config)));
        let follower = Follower {
            options,
            files,
            authorities,
            config: Arc::clone(&config),
        };
        let following = tokio::spawn(follower.run(trusted)).abort_handle();
        Ok(Self(Arc::new(Shared { config, following })))
    }

    /// What a connection that is accepted now is made with.
    pub fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.0.config.read())
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.following.abort();
    }
}

impl std::fmt::Debug for Serving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Serving")
    }
}

/// Makes a new configuration when something changes that the last one was made of.
struct Follower {
    options: ServingOptions,
    files: Files,
    authorities: Vec<DistinguishedName>,
    config: Arc<RwLock<Arc<ServerConfig>>>,
}

impl Follower {
    async fn run(mut self, mut trusted: watch::Receiver<Arc<Trusted>>) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut changes = true;
        loop {
            tokio::select! {
                _ = look.tick() => if !self.files.changed() { continue },
                changed = trusted.changed(), if changes => match changed {
                    Ok(()) => {
                        let authorities = trusted.borrow_and_update().authorities();
                        if is_same(&authorities, &self.authorities) {
                            continue;
                        }
                        self.authorities = authorities;
                    }
                    // Nobody is left who could change whom to trust.
                    Err(_) => {
                        changes = false;
                        continue;
                    }
                },
            }
            self.build();
        }
    }

    fn build(&mut self) {
        let mut files = Files::default();
        match build(&self.options, self.authorities.clone(), &mut files) {
            Ok(config) => {
                tracing::info!("the certificates of this server or of its clients' authorities changed");
                *self.config.write() = Arc::new(config);
            }
            // It is often but half written: what is wrong now is right at the next look.
            Err(error) => tracing::warn!(%error, "a certificate changed and is not valid, the old one is kept"),
        }
        self.files = files;
    }
}

fn is_same(left: &[DistinguishedName], right: &[DistinguishedName]) -> bool {
    left.iter()
        .map(AsRef::as_ref)
        .eq(right.iter().map(AsRef::<[u8]>::as_ref))
}

fn build(
    options: &ServingOptions,
    authorities: Vec<DistinguishedName>,
    files: &mut Files,
) -> Result<ServerConfig, String> {
    const TLS12_ON: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13, &rustls::version::TLS12];
    const TLS13_ON: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let hosts = hosts(options, files, &provider)?;
    let versions = match options.min_version {
        MinVersion::Tls12 => TLS12_ON,
        MinVersion::Tls13 => TLS13_ON,
    };
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider));
    let config = config
        .with_protocol_versions(versions)
        .map_err(|error| error.to_string())?;
    let config = if authorities.is_empty() {
        config.with_no_client_auth()
    } else {
        config.with_client_cert_verifier(AnyClient::new(&provider, authorities))
    };
    let mut config = config.with_cert_resolver(Arc::new(hosts));
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn hosts(options: &ServingOptions, files: &mut Files, provider: &CryptoProvider) -> Result<Hosts, String> {
    let default = match &options.pair {
        Pair::Files { certificate, key } => pair(certificate, key, files, provider)?,
        Pair::SelfSigned(made) => pair(&made.certificate(), &made.key(), files, provider)?,
    };
    let mut hosts = Hosts::new(default);
    for sni in &options.sni {
        let key = Arc::new(pair(&sni.certificate, &sni.key, files, provider)?);
        if sni.hosts.is_empty() {
            for host in hosts_of(&key.cert[0])? {
                hosts.add(&host, &key);
            }
        }
        for host in &sni.hosts {
            hosts.add(host, &key);
        }
    }
    Ok(hosts)
}

fn pair(
    certificate: &std::path::Path,
    key: &std::path::Path,
    files: &mut Files,
    provider: &CryptoProvider,
) -> Result<CertifiedKey, String> {
    let (chain, secret) = (files.read(certificate), files.read(key));
    let chain = pem::certificates(&chain?).map_err(|error| format!("{}: {error}", certificate.display()))?;
    let secret = pem::key(&secret?).map_err(|error| format!("{}: {error}", key.display()))?;
    CertifiedKey::from_der(chain, secret, provider)
        .map_err(|error| format!("{} and {}: {error}", certificate.display(), key.display()))
}

fn hosts_of(certificate: &CertificateDer<'_>) -> Result<Vec<String>, String> {
    let parsed = EndEntityCert::try_from(certificate).map_err(|error| error.to_string())?;
    Ok(parsed.valid_dns_names().map(str::to_owned).collect())
}
