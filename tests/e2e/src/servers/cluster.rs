//! A control plane: etcd, kube-apiserver with aggregation and RBAC, and, where wanted, kube-controller-manager.

use std::path::{Path, PathBuf};

use crate::client::Client;
use crate::pki::{Identity, Pki};
use crate::process::{Process, free_port};
use crate::programs::Program;

use super::etcd::Etcd;
use super::{answers, command, flag};

/// A kube-apiserver on an etcd of its own, and all certificates around it. Everything ends with this value.
pub struct Cluster {
    /// The API server.
    pub apiserver: KubeApiserver,
    /// The authority that signs the servers and the clients.
    pub pki: Pki,
    /// The authority that signs the front proxy, which is the aggregator.
    pub front_proxy: Pki,
    /// Somebody of the group `system:masters`.
    pub admin: Identity,
    /// The kubeconfig of that somebody.
    pub kubeconfig: PathBuf,
    folder: PathBuf,
    // Dropped after the servers that use it.
    _etcd: Etcd,
}

/// A running kube-apiserver.
pub struct KubeApiserver {
    process: Process,
    port: u16,
}

/// A running kube-controller-manager with the garbage collector and the controllers of namespaces and service accounts.
pub struct ControllerManager {
    _process: Process,
}

impl Cluster {
    /// What it needs.
    pub const PROGRAMS: &[Program] = &[Program::Etcd, Program::KubeApiserver];

    /// Starts etcd and kube-apiserver in `folder` and waits until they are ready.
    pub fn start(folder: &Path) -> Result<Self, String> {
        let etcd = Etcd::start("etcd", folder)?;
        let pki = Pki::new(folder, "ca")?;
        let front_proxy = Pki::new(folder, "front-proxy-ca")?;
        front_proxy.client("front-proxy", "front-proxy", &[])?;
        let names = ["localhost", "127.0.0.1", "kubernetes.default.svc"];
        pki.server("kube-apiserver", &names)?;
        let admin = pki.client("admin", "admin", &["system:masters"])?;
        let apiserver = KubeApiserver::start(folder, &etcd, &pki, &front_proxy, &admin)?;
        let kubeconfig = pki.kubeconfig("admin", &apiserver.address(), &admin)?;
        Ok(Self {
            apiserver,
            pki,
            front_proxy,
            admin,
            kubeconfig,
            folder: folder.to_owned(),
            _etcd: etcd,
        })
    }

    /// A client of kube-apiserver as its administrator.
    pub fn client(&self) -> Result<Client, String> {
        self.client_as(&self.admin)
    }

    /// A client of kube-apiserver as somebody.
    pub fn client_as(&self, identity: &Identity) -> Result<Client, String> {
        Client::new(self.apiserver.port, &self.pki.authority(), Some(identity))
    }

    /// Starts kube-controller-manager.
    pub fn start_controller_manager(&self) -> Result<ControllerManager, String> {
        let mut command = command(Program::KubeControllerManager)?;
        let kubeconfig = self.kubeconfig.display();
        flag(&mut command, "kubeconfig", &kubeconfig);
        flag(&mut command, "authentication-kubeconfig", &kubeconfig);
        flag(&mut command, "authorization-kubeconfig", &kubeconfig);
        flag(&mut command, "bind-address", "127.0.0.1");
        flag(&mut command, "secure-port", free_port()?);
        flag(&mut command, "leader-elect", "false");
        flag(
            &mut command,
            "cert-dir",
            self.folder.join("kube-controller-manager").display(),
        );
        let controllers = "garbage-collector-controller,namespace-controller,serviceaccount-controller";
        flag(&mut command, "controllers", controllers);
        let process = Process::start("kube-controller-manager", &self.folder, command)?;
        Ok(ControllerManager { _process: process })
    }
}

impl KubeApiserver {
    fn start(folder: &Path, etcd: &Etcd, pki: &Pki, front_proxy: &Pki, admin: &Identity) -> Result<Self, String> {
        let port = free_port()?;
        let mut command = command(Program::KubeApiserver)?;

        flag(&mut command, "etcd-servers", etcd.address());
        flag(&mut command, "secure-port", port);
        flag(&mut command, "bind-address", "127.0.0.1");
        flag(&mut command, "advertise-address", "127.0.0.1");
        flag(
            &mut command,
            "tls-cert-file",
            pki.certificate_file("kube-apiserver").display(),
        );
        flag(
            &mut command,
            "tls-private-key-file",
            pki.key_file("kube-apiserver").display(),
        );
        flag(&mut command, "client-ca-file", pki.authority_file().display());
        flag(&mut command, "authorization-mode", "RBAC");
        flag(
            &mut command,
            "service-account-key-file",
            pki.certificate_file("kube-apiserver").display(),
        );
        flag(
            &mut command,
            "service-account-signing-key-file",
            pki.key_file("kube-apiserver").display(),
        );
        flag(&mut command, "service-account-issuer", "https://kubernetes.default.svc");
        flag(&mut command, "service-cluster-ip-range", "10.0.0.0/24");
        flag(&mut command, "disable-admission-plugins", "ServiceAccount");
        flag(&mut command, "endpoint-reconciler-type", "none");
        flag(
            &mut command,
            "requestheader-client-ca-file",
            front_proxy.authority_file().display(),
        );
        flag(&mut command, "requestheader-allowed-names", "front-proxy");
        flag(&mut command, "requestheader-username-headers", "X-Remote-User");
        flag(&mut command, "requestheader-uid-headers", "X-Remote-Uid");
        flag(&mut command, "requestheader-group-headers", "X-Remote-Group");
        flag(&mut command, "requestheader-extra-headers-prefix", "X-Remote-Extra-");
        flag(
            &mut command,
            "proxy-client-cert-file",
            front_proxy.certificate_file("front-proxy").display(),
        );
        flag(
            &mut command,
            "proxy-client-key-file",
            front_proxy.key_file("front-proxy").display(),
        );
        let mut process = Process::start("kube-apiserver", folder, command)?;
        let client = Client::new(port, &pki.authority(), Some(admin))?;
        process.wait_until("ready", || answers(&client, "/readyz"))?;
        Ok(Self { process, port })
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        self.process.log()
    }
}
