//! Where the server listens, and with which certificates.

use std::path::PathBuf;

use clap::{ValueEnum, ValueHint};

use super::{Options, set, set_path, set_some};
use crate::cli::config::v1alpha1::{NamedCertificate, Serving, TlsVersion};

#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Serving")]
pub(super) struct ServingFlags {
    /// Address to listen on [default: all addresses, or 127.0.0.1 when the server runs on its own]
    #[arg(long, value_name = "IP")]
    bind_address: Option<String>,
    /// Port to listen on; 0 is any that is free [default: 6443]
    #[arg(long, value_name = "PORT")]
    secure_port: Option<i32>,
    /// File of the server's certificate, PEM, with those that lead to its authority
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    tls_cert_file: Option<PathBuf>,
    /// File of that certificate's key
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    tls_private_key_file: Option<PathBuf>,
    /// Another certificate with its key for clients that ask for other names; can be repeated
    #[arg(long, value_name = "CERT,KEY[:NAME,..]", value_parser = sni)]
    tls_sni_cert_key: Option<Vec<NamedCertificate>>,
    /// What clients have to speak at least [default: VersionTLS12]
    #[arg(long, value_enum, value_name = "VERSION")]
    tls_min_version: Option<TlsWord>,
    /// Folder of self-made certificates, if no file is named [default: apiserver.local.config/certificates]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    cert_dir: Option<PathBuf>,
}

/// What `--tls-min-version` knows.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum TlsWord {
    /// TLS 1.2
    #[value(name = "VersionTLS12")]
    Tls12,
    /// TLS 1.3
    #[value(name = "VersionTLS13")]
    Tls13,
}

pub(super) const OPTIONS: Options = &[
    ("serving.bindAddress", "bind-address"),
    ("serving.port", "secure-port"),
    ("serving.certFile", "tls-cert-file"),
    ("serving.keyFile", "tls-private-key-file"),
    ("serving.sni", "tls-sni-cert-key"),
    ("serving.tlsMinVersion", "tls-min-version"),
    ("serving.certDir", "cert-dir"),
];

impl ServingFlags {
    pub(super) fn apply(self, serving: &mut Serving) {
        set(&mut serving.bind_address, self.bind_address);
        set_some(&mut serving.port, self.secure_port);
        set_path(&mut serving.cert_file, self.tls_cert_file);
        set_path(&mut serving.key_file, self.tls_private_key_file);
        set(&mut serving.sni, self.tls_sni_cert_key);
        set_some(&mut serving.tls_min_version, self.tls_min_version.map(TlsVersion::from));
        set_path(&mut serving.cert_dir, self.cert_dir);
    }
}

impl From<TlsWord> for TlsVersion {
    fn from(word: TlsWord) -> Self {
        match word {
            TlsWord::Tls12 => Self::Tls12,
            TlsWord::Tls13 => Self::Tls13,
        }
    }
}

/// `cert,key` or `cert,key:name,name`.
fn sni(text: &str) -> Result<NamedCertificate, String> {
    let usual = "write `CERT,KEY` or `CERT,KEY:NAME,NAME`";
    let (files, names) = text.split_once(':').unwrap_or((text, ""));
    let (cert_file, key_file) = files.split_once(',').ok_or(usual)?;
    let is_file = |file: &str| !file.is_empty() && !file.contains(',');
    if !is_file(cert_file) || !is_file(key_file) {
        return Err(usual.to_owned());
    }
    let names = names.split(',').filter(|name| !name.is_empty()).map(str::to_owned);
    Ok(NamedCertificate {
        cert_file: cert_file.to_owned(),
        key_file: key_file.to_owned(),
        names: names.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_certificates_are_read() {
        let pair = sni("a.crt,a.key:example.com,*.example.com").expect("it is one");
        assert_eq!((pair.cert_file.as_str(), pair.key_file.as_str()), ("a.crt", "a.key"));
        assert_eq!(pair.names, ["example.com", "*.example.com"]);
        assert_eq!(sni("a.crt,a.key").map(|pair| pair.names), Ok(Vec::new()));
        assert!(sni("a.crt").is_err());
        assert!(sni(",a.key").is_err());
        assert!(sni("a,b,c").is_err());
    }
}
