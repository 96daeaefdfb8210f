//! The sample API server of Kubernetes.

use std::path::{Path, PathBuf};

use crate::client::Client;
use crate::process::{Process, free_port};
use crate::programs::Program;

use super::cluster::Cluster;
use super::etcd::Etcd;
use super::{answers, command, flags};

/// A running sample-apiserver, which asks a cluster who may do what.
pub struct SampleApiserver {
    process: Process,
    port: u16,
    _etcd: Option<Etcd>,
}

impl SampleApiserver {
    /// What it needs.
    pub const PROGRAMS: &[Program] = &[Program::Etcd, Program::KubeApiserver, Program::SampleApiserver];

    /// Starts one in `folder`, on an etcd of its own, and waits until it is ready.
    pub fn start(folder: &Path, cluster: &Cluster) -> Result<Self, String> {
        let etcd = Etcd::start("sample-etcd", folder)?;
        let address = etcd.address();
        Ok(Self {
            _etcd: Some(etcd),
            ..Self::start_on(&address, folder, cluster)?
        })
    }

    /// The same on an etcd that others use too.
    pub fn start_on(etcd: &str, folder: &Path, cluster: &Cluster) -> Result<Self, String> {
        let port = free_port()?;
        cluster.pki.server("sample-apiserver", &["localhost", "127.0.0.1"])?;
        let mut command = command(Program::SampleApiserver)?;
        let pki = &cluster.pki;
        let path = |path: PathBuf| path.display().to_string();
        let kubeconfig = cluster.kubeconfig.display().to_string();
        let pairs = [
            ("etcd-servers", etcd.to_owned()),
            ("secure-port", port.to_string()),
            ("bind-address", "127.0.0.1".to_owned()),
            ("tls-cert-file", path(pki.certificate_file("sample-apiserver"))),
            ("tls-private-key-file", path(pki.key_file("sample-apiserver"))),
            ("client-ca-file", path(pki.authority_file())),
            ("kubeconfig", kubeconfig.clone()),
            ("authentication-kubeconfig", kubeconfig.clone()),
            ("authorization-kubeconfig", kubeconfig),
        ];
        flags(&mut command, pairs);
        let mut process = Process::start("sample-apiserver", folder, command)?;
        let client = Client::new(port, &pki.authority(), Some(&cluster.admin))?;
        process.wait_until("ready", || answers(&client, "/readyz"))?;
        Ok(Self {
            process,
            port,
            _etcd: None,
        })
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }
}
