//! wardle-server: the API server that kgen makes of the sample API.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::client::Client;
use crate::process::{Process, free_port};

use super::cluster::Cluster;
use super::etcd::Etcd;
use super::{answers, flags};

/// Where a server keeps its objects.
pub enum Storage {
    /// In memory.
    Memory,
    /// In its data folder.
    Embedded,
    /// In etcd.
    Etcd(Box<Etcd>),
}

/// A running wardle-server.
pub struct WardleServer {
    /// The program.
    pub process: Process,
    /// What it keeps its objects in.
    pub storage: Storage,
    /// The kubeconfig that it wrote, if it is on its own.
    pub kubeconfig: PathBuf,
    port: u16,
}

impl WardleServer {
    /// Starts one on its own, as for development: with certificates and a kubeconfig that it makes itself.
    pub fn start(name: &str, folder: &Path, storage: Storage) -> Result<Self, String> {
        Self::start_program(&program()?, name, folder, storage)
    }

    /// The same of another server that kgen made.
    pub fn start_program(program: &Path, name: &str, folder: &Path, storage: Storage) -> Result<Self, String> {
        let data = folder.join(format!("{name}-data"));
        let port = free_port()?;
        let mut command = Command::new(program);
        let pairs = [
            ("secure-port", port.to_string()),
            ("bind-address", "127.0.0.1".to_owned()),
            ("data-dir", data.display().to_string()),
        ];
        flags(&mut command, pairs);
        store_in(&mut command, &storage);
        let process = Process::start(name, folder, command)?;
        let mut server = Self {
            process,
            storage,
            kubeconfig: data.join("kubeconfig"),
            port,
        };
        server.wait()?;
        Ok(server)
    }

    /// Starts one behind a cluster, which says who asks and who may do what; it is the user of `kubeconfig` there.
    pub fn start_behind(cluster: &Cluster, folder: &Path, kubeconfig: &Path) -> Result<Self, String> {
        let storage = Storage::Etcd(Box::new(Etcd::start("wardle-etcd", folder)?));
        Self::start_program_behind(&program()?, "wardle-server", cluster, folder, kubeconfig, storage)
    }

    /// The same of another server that kgen made.
    pub fn start_program_behind(
        program: &Path,
        name: &str,
        cluster: &Cluster,
        folder: &Path,
        kubeconfig: &Path,
        storage: Storage,
    ) -> Result<Self, String> {
        let port = free_port()?;
        let service = format!("{name}.wardle.svc");
        cluster.pki.server(name, &["localhost", "127.0.0.1", &service])?;
        let path = |path: PathBuf| path.display().to_string();
        let kubeconfig = path(kubeconfig.to_owned());
        let mut command = Command::new(program);
        let pairs = [
            ("secure-port", port.to_string()),
            ("bind-address", "127.0.0.1".to_owned()),
            ("tls-cert-file", path(cluster.pki.certificate_file(name))),
            ("tls-private-key-file", path(cluster.pki.key_file(name))),
            ("kubeconfig", kubeconfig.clone()),
            ("authentication-kubeconfig", kubeconfig.clone()),
            ("authorization-kubeconfig", kubeconfig),
        ];
        flags(&mut command, pairs);
        store_in(&mut command, &storage);
        let mut process = Process::start(name, folder, command)?;
        let client = cluster.client_of(port, Some(&cluster.admin))?;
        process.wait_until("ready", || answers(&client, "/readyz"))?;
        Ok(Self {
            process,
            storage,
            kubeconfig: cluster.kubeconfig.clone(),
            port,
        })
    }

    /// A client as the user of its kubeconfig.
    pub fn client(&self) -> Result<Client, String> {
        Client::from_kubeconfig(&self.kubeconfig)
    }

    /// How many bytes of memory it has, and how many files are open.
    pub fn weight(&self) -> Result<(u64, usize), String> {
        let folder = PathBuf::from(format!("/proc/{}", self.process.id()));
        let status = fs::read_to_string(folder.join("status")).map_err(|error| error.to_string())?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        let files = fs::read_dir(folder.join("fd")).map_err(|error| error.to_string())?;
        Ok((kilobytes.ok_or("no VmRSS")? * 1024, files.count()))
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Kills it and starts it again on the same data and port.
    pub fn restart(&mut self) -> Result<(), String> {
        self.process.restart()?;
        self.wait()
    }

    fn wait(&mut self) -> Result<(), String> {
        let kubeconfig = self.kubeconfig.clone();
        self.process.wait_until("ready", || {
            Client::from_kubeconfig(&kubeconfig).is_ok_and(|client| answers(&client, "/readyz"))
        })
    }
}

fn store_in(command: &mut Command, storage: &Storage) {
    match storage {
        Storage::Memory => flags(command, [("storage", "memory".to_owned())]),
        Storage::Embedded => {}
        Storage::Etcd(etcd) => flags(command, [("etcd-servers", etcd.address())]),
    }
}

/// Where the program is: where `KGEN_WARDLE_SERVER` says, else built from the workspace, once a run.
fn program() -> Result<PathBuf, String> {
    static PROGRAM: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    PROGRAM
        .get_or_init(|| match std::env::var_os("KGEN_WARDLE_SERVER") {
            Some(path) => Ok(path.into()),
            None => build(),
        })
        .clone()
}

fn build() -> Result<PathBuf, String> {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["build", "--quiet", "--package=wardle-server", "--message-format=json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output().map_err(|error| format!("cargo: {error}"))?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let executable = messages.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let path = message["executable"].as_str()?;
        path.ends_with("wardle-server").then(|| PathBuf::from(path))
    });
    executable.ok_or_else(|| {
        format!(
            "wardle-server cannot be built:\n{}",
            String::from_utf8_lossy(&output.stderr)
        )
    })
}
