//! Certificates for one test: an authority, and what it signs.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};

/// A certificate and its key, in PEM.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The certificate.
    pub certificate: String,
    /// The key, in PKCS #8.
    pub key: String,
}

/// An authority and the folder where its files lie.
pub struct Pki {
    folder: PathBuf,
    name: String,
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Pki {
    /// Makes a new authority; `<name>.crt` is its certificate.
    pub fn new(folder: &Path, name: &str) -> Result<Self, String> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate().map_err(text)?;
        let issuer = CertifiedIssuer::self_signed(params, key).map_err(text)?;
        let pki = Self {
            folder: folder.to_owned(),
            name: name.to_owned(),
            issuer,
        };
        fs::write(pki.authority_file(), pki.authority()).map_err(text)?;
        Ok(pki)
    }

    /// The certificate of the authority, in PEM.
    pub fn authority(&self) -> String {
        self.issuer.pem()
    }

    /// The file with the certificate of the authority.
    pub fn authority_file(&self) -> PathBuf {
        self.folder.join(format!("{}.crt", self.name))
    }

    /// A certificate to serve `names` with, which may be addresses; lies in `<file>.crt` and `<file>.key`.
    pub fn server(&self, file: &str, names: &[&str]) -> Result<Identity, String> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut params = CertificateParams::new(names).map_err(text)?;
        params.distinguished_name.push(DnType::CommonName, file);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        self.sign(file, params)
    }

    /// A certificate that says who a client is; lies in `<file>.crt` and `<file>.key`.
    pub fn client(&self, file: &str, user: &str, groups: &[&str]) -> Result<Identity, String> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, user);
        for &group in groups {
            params.distinguished_name.push(DnType::OrganizationName, group);
        }
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.sign(file, params)
    }

    fn sign(&self, file: &str, mut params: CertificateParams) -> Result<Identity, String> {
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate().map_err(text)?;
        let certificate = params.signed_by(&key, &self.issuer).map_err(text)?;
        let identity = Identity {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
        };
        fs::write(self.certificate_file(file), &identity.certificate).map_err(text)?;
        fs::write(self.key_file(file), &identity.key).map_err(text)?;
        Ok(identity)
    }

    /// Where the certificate called `file` lies.
    pub fn certificate_file(&self, file: &str) -> PathBuf {
        self.folder.join(format!("{file}.crt"))
    }

    /// Where the key called `file` lies.
    pub fn key_file(&self, file: &str) -> PathBuf {
        self.folder.join(format!("{file}.key"))
    }

    /// Writes a kubeconfig for `server`, which this authority has signed, and gives its path.
    pub fn kubeconfig(&self, file: &str, server: &str, identity: &Identity) -> Result<PathBuf, String> {
        let (certificate, key) = (STANDARD.encode(&identity.certificate), STANDARD.encode(&identity.key));
        let user = format!("{{client-certificate-data: {certificate}, client-key-data: {key}}}");
        self.kubeconfig_of(file, server, &user)
    }

    /// The same for a user who has a token.
    pub fn kubeconfig_with_token(&self, file: &str, server: &str, token: &str) -> Result<PathBuf, String> {
        self.kubeconfig_of(file, server, &format!("{{token: {token}}}"))
    }

    fn kubeconfig_of(&self, file: &str, server: &str, user: &str) -> Result<PathBuf, String> {
        let path = self.folder.join(format!("{file}.kubeconfig"));
        let authority = STANDARD.encode(self.authority());
        let content = format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: it\nclusters:\n- name: it\n  cluster:\n    server: {server}\n    \
             certificate-authority-data: {authority}\nusers:\n- name: it\n  user: {user}\n\
             contexts:\n- name: it\n  context: {{cluster: it, user: it, namespace: default}}\n",
        );
        fs::write(&path, content).map_err(text)?;
        Ok(path)
    }
}

fn text(error: impl ToString) -> String {
    error.to_string()
}
