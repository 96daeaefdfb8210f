//! Clients that others wrote, against wardle-server on its own: Python's, Go's and kube-rs.
//!
//! `KGEN_CLIENTS_ON_GO=1` runs them on the Go server, to tell what is its own fault.

mod kube_rs;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use kgen_e2e::kubectl::Output;
use kgen_e2e::programs::missing;
use kgen_e2e::suite::{block_on, expect};
use kgen_e2e::{Cluster, Program, SampleApiserver, Storage, Suite, WardleServer, cases};
use tempfile::TempDir;

/// The server that the clients talk to.
pub(crate) struct Shared {
    pub(crate) kubeconfig: PathBuf,
    _server: Box<dyn std::any::Any + Send + Sync>,
    _folder: TempDir,
}

fn main() -> ExitCode {
    Suite {
        start,
        missing: missing(&[Program::GoClient, Program::Python], "The cases of clients"),
        cases: cases![go, python, api_of_kube_rs, watcher_of_kube_rs, controller_of_kube_rs],
    }
    .run()
}

fn start() -> Result<Shared, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    if env::var_os("KGEN_CLIENTS_ON_GO").is_none() {
        let server = WardleServer::start("wardle-server", folder.path(), Storage::Embedded)?;
        return Ok(Shared {
            kubeconfig: server.kubeconfig.clone(),
            _server: Box::new(server),
            _folder: folder,
        });
    }
    let cluster = Cluster::start(folder.path())?;
    let server = SampleApiserver::start(folder.path(), &cluster)?;
    let address = format!("https://localhost:{}", server.port());
    Ok(Shared {
        kubeconfig: cluster.pki.kubeconfig("sample", &address, &cluster.admin)?,
        _server: Box::new((server, cluster)),
        _folder: folder,
    })
}

/// client-go, with the clientset, informers and apply configurations that Kubernetes generates.
fn go(shared: &Shared) -> Result<(), String> {
    let mut command = Command::new(Program::GoClient.find().ok_or("there is no client in Go")?);
    command.arg(&shared.kubeconfig);
    ends_with_ok(command)
}

fn python(shared: &Shared) -> Result<(), String> {
    let mut command = Command::new(Program::Python.find().ok_or("there is no Python")?);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/client.py");
    command.arg(script).arg(&shared.kubeconfig);
    ends_with_ok(command)
}

fn ends_with_ok(command: Command) -> Result<(), String> {
    let output = Output::of(command)?;
    let printed = format!("{}{}", output.stdout, output.stderr);
    if output.success {
        expect(&printed, &["ok"])
    } else {
        Err(printed)
    }
}

fn api_of_kube_rs(shared: &Shared) -> Result<(), String> {
    block_on(kube_rs::api(&shared.kubeconfig))
}

fn watcher_of_kube_rs(shared: &Shared) -> Result<(), String> {
    block_on(kube_rs::watches(&shared.kubeconfig))
}

fn controller_of_kube_rs(shared: &Shared) -> Result<(), String> {
    block_on(kube_rs::controller(&shared.kubeconfig))
}
