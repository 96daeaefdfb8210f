//! How to reach an API server, and as whom.

use std::fmt;
use std::path::PathBuf;

use super::{Error, kubeconfig};
use crate::files::Files;

/// Where the service account of a pod is mounted.
const SERVICE_ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// How to reach an API server, and as whom.
#[derive(Clone, PartialEq, Eq)]
pub struct Access {
    /// Its address, such as `https://10.0.0.1:443`.
    pub server: String,
    /// How its certificate is verified.
    pub trust: ServerTrust,
    /// The name in its certificate, if that is not the host of the address.
    pub server_name: Option<String>,
    /// The certificate chain and the key to show, both PEM.
    pub certificate: Option<(Vec<u8>, Vec<u8>)>,
    /// The value of the header `Authorization`, such as `Bearer …`.
    pub authorization: Option<String>,
}

/// How a server's certificate is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerTrust {
    /// By one of these certificates, PEM.
    Authorities(Vec<u8>),
    /// Not at all: whoever answers is believed.
    Anybody,
}

impl fmt::Debug for Access {
    /// Without secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

/// Where access is read from, again and again.
#[derive(Debug)]
pub(super) enum Source {
    /// A kubeconfig.
    Kubeconfig(PathBuf),
    /// What a pod finds in its folder of the service account, and the address of the server.
    InCluster { server: String, folder: PathBuf },
    /// It never changes.
    Given(Box<Access>),
}

impl Source {
    pub(super) fn in_cluster() -> Result<Self, Error> {
        let variable = |name: &str| {
            let value = std::env::var(name).ok().filter(|value| !value.is_empty());
            value.ok_or_else(|| Error::configuration(format_args!("not in a pod: the variable {name} is not set")))
        };
        let (host, port) = (
            variable("KUBERNETES_SERVICE_HOST")?,
            variable("KUBERNETES_SERVICE_PORT")?,
        );
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        Ok(Self::InCluster {
            server: format!("https://{host}:{port}"),
            folder: SERVICE_ACCOUNT.into(),
        })
    }

    /// Reads it; `files` learns of all files that this took.
    pub(super) fn load(&self, files: &mut Files) -> Result<Access, Error> {
        match self {
            Self::Kubeconfig(path) => kubeconfig::load(path, files),
            Self::InCluster { server, folder } => {
                let token = files.read(&folder.join("token")).map_err(Error::Configuration)?;
                let authority = files.read(&folder.join("ca.crt")).map_err(Error::Configuration)?;
                Ok(Access {
                    server: server.clone(),
                    trust: ServerTrust::Authorities(authority),
                    server_name: None,
                    certificate: None,
                    authorization: Some(bearer(&token)),
                })
            }
            Self::Given(access) => Ok(Access::clone(access)),
        }
    }
}

/// The header for a token that was read from a file.
pub(super) fn bearer(token: &[u8]) -> String {
    format!("Bearer {}", String::from_utf8_lossy(token).trim())
}
