//! Loads the Go sample server and wardle-server on each of its stores, one after the other, and prints what requests cost.
//!
//! ```sh
//! tests/e2e/assets.sh
//! cargo build --release -p kgen-load -p wardle-server -p kgen-e2e
//! KGEN_WARDLE_SERVER=target/release/wardle-server target/release/compare-load [option of load]...
//! ```
//!
//! All run on this machine with their etcd and the load; only the server's own time on processors is told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kgen_e2e::{Cluster, Etcd, SampleApiserver, Storage, WardleServer};
use serde_json::Value;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let folder = folder.path();
    let cluster = Cluster::start(folder)?;
    {
        let server = SampleApiserver::start(folder, &cluster)?;
        load("Go, etcd", server.port(), server.id(), &of_cluster(&cluster))?;
    }
    {
        let server = WardleServer::start_behind(&cluster, folder, &cluster.kubeconfig)?;
        load("kgen, etcd", server.port(), server.process.id(), &of_cluster(&cluster))?;
    }
    drop(cluster);
    for (label, storage) in [
        (
            "kgen, etcd, standalone",
            Storage::Etcd(Box::new(Etcd::start("standalone-etcd", folder)?)),
        ),
        ("kgen, embedded", Storage::Embedded),
        ("kgen, memory", Storage::Memory),
    ] {
        let server = WardleServer::start(&label.replace([',', ' '], "-"), folder, storage)?;
        let identity = of_kubeconfig(&server.kubeconfig, folder)?;
        load(label, server.port(), server.process.id(), &identity)?;
    }
    Ok(())
}

fn load(label: &str, port: u16, server: u32, identity: &[String]) -> Result<(), String> {
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    let collection = "apis/wardle.example.com/v1alpha1/namespaces/default/flunders";
    let status = Command::new(here.with_file_name("load"))
        .arg(format!("--url=https://localhost:{port}/{collection}"))
        .arg(format!("--pid={server}"))
        .arg(format!("--label={label}"))
        .args(identity)
        .args(std::env::args_os().skip(1))
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("the load of {label} ended with {status}")),
        Err(error) => Err(format!(
            "the program `load` does not start: {error}; build kgen-load beside this one"
        )),
    }
}

/// The administrator of a cluster, by certificate.
fn of_cluster(cluster: &Cluster) -> Vec<String> {
    let pki = &cluster.pki;
    let file = |flag: &str, file: PathBuf| format!("--{flag}={}", file.display());
    vec![
        file("ca", pki.authority_file()),
        file("cert", pki.certificate_file("admin")),
        file("key", pki.key_file("admin")),
    ]
}

/// The user of a kubeconfig, by token.
fn of_kubeconfig(kubeconfig: &Path, folder: &Path) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(kubeconfig).map_err(|error| error.to_string())?;
    let config: Value = serde_saphyr::from_str(&text).map_err(|error| error.to_string())?;
    let ca = config["clusters"][0]["cluster"]["certificate-authority-data"].as_str();
    let ca = ca.and_then(|data| STANDARD.decode(data).ok());
    let token = config["users"][0]["user"]["token"].as_str();
    let (Some(ca), Some(token)) = (ca, token) else {
        return Err(format!(
            "{} has no certificate authority or no token",
            kubeconfig.display()
        ));
    };
    let file = folder.join("standalone-ca.crt");
    fs::write(&file, ca).map_err(|error| error.to_string())?;
    Ok(vec![format!("--ca={}", file.display()), format!("--token={token}")])
}
