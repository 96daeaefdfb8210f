//! The same requests, sent to the sample API server of Kubernetes and to wardle-server, get the same answers.
//!
//! `requests/*.http` are the requests, `requests/*.json` what the Go server answered, `requests/allowed.toml` what may
//! differ and why. `KGEN_BLESS=1` asks the Go server again; without that variable its answers are compared with those
//! on disk where the Go server is there, and ours with those on disk in any case.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use kgen_e2e::programs::missing;
use kgen_e2e::script::{Comparison, Difference, Recorded, Script};
use kgen_e2e::servers::Cluster;
use kgen_e2e::{Client, Request, SampleApiserver};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::json;

/// The Go server with the cluster that it asks, started when the first script needs it.
#[derive(Default)]
struct Go {
    running: Mutex<Option<GoServer>>,
}

struct GoServer {
    client: Client,
    cluster: Client,
    _server: SampleApiserver,
    _cluster: Cluster,
    _folder: tempfile::TempDir,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match trials() {
        Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn trials() -> Result<Vec<Trial>, String> {
    let scripts = Script::all(&folder())?;
    let absent = missing(SampleApiserver::PROGRAMS, "The comparisons with the Go server");
    if let Some(absent) = &absent {
        eprintln!("\n{absent}\n");
    }
    let go = Arc::new(Go::default());
    let trials = scripts.into_iter().map(|script| {
        let go = go.clone();
        Trial::test(format!("go::{}", script.name), move || go.check(&script)).with_ignored_flag(absent.is_some())
    });
    Ok(trials.collect())
}

impl Go {
    /// Compares what the Go server answers with what is on disk, or writes it there.
    fn check(&self, script: &Script) -> Result<(), Failed> {
        let answers = self.answers(script)?;
        let path = folder().join(format!("{}.json", script.name));
        if env::var_os("KGEN_BLESS").is_some() {
            let text = serde_json::to_string_pretty(&answers)?;
            return Ok(fs::write(path, text + "\n")?);
        }
        let differences = Comparison::of(&script.name, &golden(script)?, &answers);
        report(
            &differences,
            "the Go server answers otherwise than it did; KGEN_BLESS=1 writes its answers",
        )
    }

    fn answers(&self, script: &Script) -> Result<Vec<Recorded>, String> {
        // The scripts run one after another, since they see each other's resource versions.
        let mut running = self.running.lock().map_err(|_| "an earlier script failed")?;
        let go = match &mut *running {
            Some(go) => go,
            absent => absent.insert(GoServer::start()?),
        };
        let runtime = runtime()?;
        runtime.block_on(async {
            let namespace = json!({"metadata": {"name": script.name}});
            let request = Request::json("POST", "/api/v1/namespaces", &namespace);
            go.cluster.send(request).await?;
            script.run(&go.client).await
        })
    }
}

impl GoServer {
    fn start() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let cluster = Cluster::start(folder.path())?;
        let server = SampleApiserver::start(folder.path(), &cluster)?;
        Ok(Self {
            client: Client::new(server.port(), &cluster.pki.authority(), Some(&cluster.admin))?,
            cluster: cluster.client()?,
            _server: server,
            _cluster: cluster,
            _folder: folder,
        })
    }
}

fn golden(script: &Script) -> Result<Vec<Recorded>, Failed> {
    let path = folder().join(format!("{}.json", script.name));
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

fn report(differences: &[Difference], what: &str) -> Result<(), Failed> {
    if differences.is_empty() {
        return Ok(());
    }
    let shown: Vec<_> = differences.iter().map(ToString::to_string).collect();
    Err(format!("{what}:\n{}", shown.join("\n")).into())
}

fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| error.to_string())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("requests")
}
