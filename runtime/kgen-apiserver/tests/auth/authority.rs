//! Authorities that sign certificates for the tests.

use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};

/// A certificate and its key, PEM.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

/// Signs certificates.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(Self::params(name), key).expect("an authority"))
    }

    /// An authority that this one signed.
    pub(crate) fn beneath(&self, name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::signed_by(Self::params(name), key, &self.0).expect("an authority"))
    }

    fn params(name: &str) -> CertificateParams {
        let mut params = named(name, &[]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params
    }

    /// The certificate of the authority itself.
    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate of a client.
    pub(crate) fn client(&self, name: &str, groups: &[&str]) -> Signed {
        let mut params = named(name, groups);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.sign(&params)
    }

    /// A certificate of a client that was good until an hour ago.
    pub(crate) fn expired_client(&self, name: &str) -> Signed {
        let mut params = named(name, &[]);
        params.not_after = (SystemTime::now() - Duration::from_secs(3600)).into();
        self.sign(&params)
    }

    /// A certificate of a server.
    pub(crate) fn server(&self, hosts: &[&str]) -> Signed {
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let mut params = CertificateParams::new(hosts).expect("hosts");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        self.sign(&params)
    }

    pub(crate) fn sign(&self, params: &CertificateParams) -> Signed {
        let key = KeyPair::generate().expect("a key");
        let issuer: &Issuer<'_, KeyPair> = &self.0;
        let certificate = params.signed_by(&key, issuer).expect("a certificate");
        Signed {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
        }
    }
}

pub(crate) fn named(name: &str, groups: &[&str]) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    // The library keeps one value for each of its types, so that the second group needs another word for the same type.
    let organizations = [DnType::OrganizationName, DnType::CustomDnType(vec![2, 5, 4, 10])];
    assert!(groups.len() <= organizations.len(), "more groups than the tests need");
    for (organization, group) in organizations.into_iter().zip(groups) {
        params.distinguished_name.push(organization, *group);
    }
    params.distinguished_name.push(DnType::CommonName, name);
    params
}
