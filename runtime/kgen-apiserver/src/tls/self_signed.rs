//! Certificates that a server makes for itself when it is given none.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};

use crate::auth::StartError;
use crate::files;

/// A certificate that a server makes for itself, with an authority made for nothing but that, of which the key is not
/// kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfSigned {
    /// The folder in which certificate and key lie; what lies there already is used.
    pub folder: PathBuf,
    /// The name of the two files, without `.crt` and `.key`.
    pub name: String,
    /// The names and addresses of this server.
    pub hosts: Vec<String>,
}

impl SelfSigned {
    /// The file of the certificate, which is followed by that of its authority.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join(format!("{}.crt", self.name))
    }

    /// The file of the key.
    pub fn key(&self) -> PathBuf {
        self.folder.join(format!("{}.key", self.name))
    }

    /// Writes both files if one is missing.
    ///
    /// # Errors
    /// If a file cannot be written, or a host is none.
    pub fn write(&self) -> Result<(), StartError> {
        let (certificate, key) = (self.certificate(), self.key());
        if certificate.exists() && key.exists() {
            return Ok(());
        }
        let made = made(&self.hosts).map_err(|error| format!("cannot make a certificate: {error}"))?;
        files::write_secret(&key, made.key.as_bytes())?;
        Ok(files::write_public(&certificate, made.chain.as_bytes())?)
    }

    /// The certificate of the authority, PEM: what clients have to trust.
    ///
    /// # Errors
    /// If the file is missing or holds no certificate.
    pub fn authority(&self) -> Result<Vec<u8>, StartError> {
        Ok(last_certificate(&self.certificate())?)
    }
}

struct Made {
    chain: String,
    key: String,
}

fn made(hosts: &[String]) -> Result<Made, rcgen::Error> {
    let now = SystemTime::now();
    let made_at = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let host = hosts.first().map_or("localhost", String::as_str);

    let mut authority = lasting(Vec::new(), now)?;
    authority
        .distinguished_name
        .push(DnType::CommonName, format!("{host}-ca@{made_at}"));
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;

    let mut server = lasting(hosts.to_vec(), now)?;
    server
        .distinguished_name
        .push(DnType::CommonName, format!("{host}@{made_at}"));
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let certificate = server.signed_by(&key, &authority)?;
    Ok(Made {
        chain: format!("{}{}", certificate.pem(), authority.pem()),
        key: key.serialize_pem(),
    })
}

/// Ten years, from an hour ago for clocks that are late. Nobody renews such a certificate, and nobody but the clients
/// of this server trusts its authority, of which the key is lost at once.
fn lasting(hosts: Vec<String>, now: SystemTime) -> Result<CertificateParams, rcgen::Error> {
    const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);
    let mut params = CertificateParams::new(hosts)?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.not_before = (now - HOUR).into();
    params.not_after = (now + 10 * 365 * 24 * HOUR).into();
    Ok(params)
}

fn last_certificate(path: &Path) -> Result<Vec<u8>, String> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    let text = files::Files::default().read(path)?;
    let text = String::from_utf8_lossy(&text);
    let at = text
        .rfind(BEGIN)
        .ok_or_else(|| format!("{}: there is no certificate", path.display()))?;
    Ok(text[at..].as_bytes().to_vec())
}
