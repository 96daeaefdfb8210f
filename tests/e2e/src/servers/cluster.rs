//! A control plane: etcd, kube-apiserver with aggregation and RBAC, and, where wanted, kube-controller-manager.

use std::path::{Path, PathBuf};

use crate::client::Client;
use crate::pki::{Identity, Pki};
use crate::process::{Process, free_port};
use crate::programs::Program;

use super::etcd::Etcd;
use super::{answers, command, flags};

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

/// A running kube-controller-manager with the garbage collector and the controllers of namespaces, service accounts and
/// cluster roles that others are part of.
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
        self.client_of(self.apiserver.port, Some(identity))
    }

    /// A client of any server that the cluster's authority has signed.
    pub fn client_of(&self, port: u16, identity: Option<&Identity>) -> Result<Client, String> {
        Client::new(port, &self.pki.authority(), identity)
    }

    /// Starts kube-controller-manager.
    pub fn start_controller_manager(&self) -> Result<ControllerManager, String> {
        let mut command = command(Program::KubeControllerManager)?;
        let kubeconfig = self.kubeconfig.display().to_string();
        let controllers = "clusterrole-aggregation-controller,garbage-collector-controller,namespace-controller,\
                           serviceaccount-controller";
        let pairs = [
            ("kubeconfig", kubeconfig.clone()),
            ("authentication-kubeconfig", kubeconfig.clone()),
            ("authorization-kubeconfig", kubeconfig),
            ("bind-address", "127.0.0.1".to_owned()),
            ("secure-port", free_port()?.to_string()),
            (
                "cert-dir",
                self.folder.join("kube-controller-manager").display().to_string(),
            ),
            ("leader-elect", "false".to_owned()),
            ("controllers", controllers.to_owned()),
        ];
        flags(&mut command, pairs);
        let process = Process::start("kube-controller-manager", &self.folder, command)?;
        Ok(ControllerManager { _process: process })
    }
}

impl KubeApiserver {
    fn start(folder: &Path, etcd: &Etcd, pki: &Pki, front_proxy: &Pki, admin: &Identity) -> Result<Self, String> {
        let port = free_port()?;
        let mut command = command(Program::KubeApiserver)?;
        let path = |path: PathBuf| path.display().to_string();
        let text = str::to_owned;
        let own_key = path(pki.key_file("kube-apiserver"));
        let own_certificate = path(pki.certificate_file("kube-apiserver"));
        let pairs = [
            ("etcd-servers", etcd.address()),
            ("secure-port", port.to_string()),
            ("bind-address", text("127.0.0.1")),
            ("advertise-address", text("127.0.0.1")),
            ("tls-cert-file", own_certificate.clone()),
            ("tls-private-key-file", own_key.clone()),
            ("client-ca-file", path(pki.authority_file())),
            ("authorization-mode", text("RBAC")),
            ("service-account-key-file", own_certificate),
            ("service-account-signing-key-file", own_key),
            ("service-account-issuer", text("https://kubernetes.default.svc")),
            ("service-cluster-ip-range", text("10.0.0.0/24")),
            ("disable-admission-plugins", text("ServiceAccount")),
            ("endpoint-reconciler-type", text("none")),
            ("requestheader-client-ca-file", path(front_proxy.authority_file())),
            ("requestheader-allowed-names", text("front-proxy")),
            ("requestheader-username-headers", text("X-Remote-User")),
            ("requestheader-uid-headers", text("X-Remote-Uid")),
            ("requestheader-group-headers", text("X-Remote-Group")),
            ("requestheader-extra-headers-prefix", text("X-Remote-Extra-")),
            (
                "proxy-client-cert-file",
                path(front_proxy.certificate_file("front-proxy")),
            ),
            ("proxy-client-key-file", path(front_proxy.key_file("front-proxy"))),
        ];
        flags(&mut command, pairs);
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
