//! kubectl in all its ways against servers on their own.
//!
//! The cases are transcripts, `tests/kubectl/<server>/*.console`: a line `$ command` is run by a shell in a folder and a
//! namespace of the case; each line below it has to be found in what the command prints, in this order, and `! ` before
//! the first of them says that the command has to fail. `<<< file` begins a file that ends with an empty line.
//!
//! `KGEN_KUBECTL_ON_GO=1` runs those of wardle on the Go server, to tell what is its own fault.

mod transcript;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use kgen_e2e::process::show_logs;
use kgen_e2e::programs::missing;
use kgen_e2e::{Cluster, Kubectl, Program, SampleApiserver, Storage, WardleServer};
use libtest_mimic::{Arguments, Failed, Trial};
use tempfile::TempDir;

/// The server that kubectl talks to.
struct Shared {
    kubeconfig: PathBuf,
    server: Server,
    folder: TempDir,
}

enum Server {
    Ours(#[expect(dead_code, reason = "it ends with this value")] Box<WardleServer>),
    Go(
        Kubectl,
        #[expect(dead_code, reason = "they end with this value")] Box<(SampleApiserver, Cluster)>,
    ),
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let absent = missing(&[Program::Kubectl], "The cases of kubectl");
    if let Some(absent) = &absent {
        eprintln!("\n{absent}\n");
    }
    let mut trials = on("wardle", start_wardle);
    trials.extend(on("fleet", start_fleet));
    let is_absent = absent.is_some();
    let trials = trials.into_iter().map(|trial| trial.with_ignored_flag(is_absent));
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

/// The cases on one server, which is started when the first of them needs it.
fn on(server: &str, start: fn() -> Result<Shared, String>) -> Vec<Trial> {
    let shared: Arc<OnceLock<Option<Shared>>> = Arc::default();
    let trials = transcripts(server).into_iter().map(|path| {
        let shared = shared.clone();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = format!("{server}::{name}");
        let run = move || {
            let mut complaint = "the server did not start".to_owned();
            let shared = shared.get_or_init(|| start().map_err(|error| complaint = error).ok());
            let result = shared.as_ref().ok_or(complaint).and_then(|shared| shared.run(&path));
            result.map_err(|error| {
                show_logs();
                Failed::from(error)
            })
        };
        Trial::test(name, run)
    });
    trials.collect()
}

fn transcripts(server: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kubectl").join(server);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "console"));
    paths.sort();
    paths
}

fn start_fleet() -> Result<Shared, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let program = Path::new(env!("CARGO_BIN_EXE_fleet-server"));
    let server = WardleServer::start_program(program, "fleet-server", folder.path(), Storage::Memory)?;
    Ok(Shared {
        kubeconfig: server.kubeconfig.clone(),
        server: Server::Ours(Box::new(server)),
        folder,
    })
}

fn start_wardle() -> Result<Shared, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    if env::var_os("KGEN_KUBECTL_ON_GO").is_none() {
        let server = WardleServer::start("wardle-server", folder.path(), Storage::Embedded)?;
        return Ok(Shared {
            kubeconfig: server.kubeconfig.clone(),
            server: Server::Ours(Box::new(server)),
            folder,
        });
    }
    let cluster = Cluster::start(folder.path())?;
    let server = SampleApiserver::start(folder.path(), &cluster)?;
    let address = format!("https://localhost:{}", server.port());
    Ok(Shared {
        kubeconfig: cluster.pki.kubeconfig("sample", &address, &cluster.admin)?,
        server: Server::Go(
            Kubectl::new(&cluster.kubeconfig, folder.path())?,
            Box::new((server, cluster)),
        ),
        folder,
    })
}

impl Shared {
    fn run(&self, transcript: &Path) -> Result<(), String> {
        let text = fs::read_to_string(transcript).map_err(|error| error.to_string())?;
        let name = transcript.file_stem().unwrap_or_default().to_string_lossy();
        if let Server::Go(kubectl, _) = &self.server {
            kubectl.run(&["create", "namespace", &name])?;
        }
        let folder = self.folder.path().join(name.as_ref());
        fs::create_dir(&folder).map_err(|error| error.to_string())?;
        transcript::run(&text, &name, &folder, &self.kubeconfig)
    }
}
