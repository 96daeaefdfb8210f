//! The same requests, sent to the sample API server of Kubernetes and to wardle-server, get the same answers.
//!
//! `requests/*.http` are the requests, `requests/*.json` what the Go server answered, `requests/allowed.toml` what may
//! differ and why. `KGEN_BLESS=1` asks the Go server again; without that variable its answers are compared with those
//! on disk where the Go server is there, and ours with those on disk in any case.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use kgen_e2e::process::show_logs;
use kgen_e2e::programs::missing;
use kgen_e2e::script::{AllowedDifferences, Comparison, Difference, Recorded, Script};
use kgen_e2e::suite::block_on;
use kgen_e2e::{Client, Cluster, Etcd, Program, Request, SampleApiserver, Storage, WardleServer};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::json;
use tempfile::TempDir;

/// A server to which scripts are sent one after another, since they see each other's resource versions. It is started
/// when the first script needs it.
struct Subject<S> {
    start: fn() -> Result<S, String>,
    running: Mutex<Option<S>>,
}

/// The Go server with the cluster that it asks.
struct Go {
    client: Client,
    cluster: Client,
    _server: SampleApiserver,
    _cluster: Cluster,
    _folder: TempDir,
}

/// Our server, and what it has answered so far.
struct Ours {
    client: Client,
    answers: BTreeMap<String, Vec<Recorded>>,
    _server: WardleServer,
    _folder: TempDir,
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
    let scripts = Arc::new(Script::all(&folder())?);
    let allowed = Arc::new(AllowedDifferences::read(&folder().join("allowed.toml"))?);
    eprintln!("\nDifferences from the Go server that are wanted:");
    for entry in &allowed.allowed {
        eprintln!("  {} ({})", entry.reason, entry.requests.join(", "));
    }
    let mut trials = go(&scripts);
    let memory = || Ours::start(|_| Ok(Storage::Memory));
    let embedded = || Ours::start(|_| Ok(Storage::Embedded));
    let etcd = || Ours::start(|folder| Ok(Storage::Etcd(Box::new(Etcd::start("etcd", folder)?))));
    trials.extend(ours("memory", memory, &[], &scripts, &allowed));
    trials.extend(ours("embedded", embedded, &[], &scripts, &allowed));
    trials.extend(ours("etcd", etcd, &[Program::Etcd], &scripts, &allowed));
    Ok(trials)
}

/// The Go server still answers as it did.
fn go(scripts: &[Script]) -> Vec<Trial> {
    let absent = missing(SampleApiserver::PROGRAMS, "The comparisons with the Go server");
    if let Some(absent) = &absent {
        eprintln!("\n{absent}\n");
    }
    let subject = Arc::new(Subject::new(Go::start));
    let trials = scripts.iter().cloned().map(|script| {
        let subject = subject.clone();
        let trial = Trial::test(format!("go::{}", script.name), move || {
            subject.with(|go| go.check(&script))
        });
        trial.with_ignored_flag(absent.is_some())
    });
    trials.collect()
}

/// Ours answers as the Go server did, but for what is allowed; and all that is allowed is needed.
fn ours(
    name: &str,
    start: fn() -> Result<Ours, String>,
    programs: &[Program],
    scripts: &Arc<Vec<Script>>,
    allowed: &AllowedDifferences,
) -> Vec<Trial> {
    let absent = missing(programs, "The comparisons on etcd");
    if let Some(absent) = &absent {
        eprintln!("\n{absent}\n");
    }
    let (subject, allowed) = (Arc::new(Subject::new(start)), Arc::new(allowed.on(name)));
    let mut trials = Vec::new();
    for script in scripts.iter().cloned() {
        let (subject, allowed) = (subject.clone(), allowed.clone());
        trials.push(Trial::test(format!("ours::{name}::{}", script.name), move || {
            subject.with(|ours| ours.check(&script, &allowed))
        }));
    }
    let (scripts, allowed) = (scripts.clone(), allowed.clone());
    trials.push(Trial::test(
        format!("ours::{name}::all_that_is_allowed_is_needed"),
        move || subject.with(|ours| ours.check_allowed(&scripts, &allowed)),
    ));
    let is_missing = absent.is_some();
    trials
        .into_iter()
        .map(|trial| trial.with_ignored_flag(is_missing))
        .collect()
}

impl<S> Subject<S> {
    fn new(start: fn() -> Result<S, String>) -> Self {
        Self {
            start,
            running: Mutex::new(None),
        }
    }

    fn with(&self, check: impl FnOnce(&mut S) -> Result<(), String>) -> Result<(), Failed> {
        let mut running = self.running.lock().map_err(|_| "an earlier script failed")?;
        let server = match &mut *running {
            Some(server) => server,
            absent => absent.insert((self.start)()?),
        };
        check(server).map_err(|error| {
            show_logs();
            Failed::from(error)
        })
    }
}

impl Go {
    fn start() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let cluster = Cluster::start(folder.path())?;
        let server = SampleApiserver::start(folder.path(), &cluster)?;
        Ok(Self {
            client: cluster.client_of(server.port(), Some(&cluster.admin))?,
            cluster: cluster.client()?,
            _server: server,
            _cluster: cluster,
            _folder: folder,
        })
    }

    /// Compares what the Go server answers with what is on disk, or writes it there.
    fn check(&self, script: &Script) -> Result<(), String> {
        let answers = block_on(async {
            let namespace = json!({"metadata": {"name": script.name}});
            let request = Request::json("POST", "/api/v1/namespaces", &namespace);
            self.cluster.send(request).await?;
            script.run(&self.client).await
        })?;
        if env::var_os("KGEN_BLESS").is_some() {
            let path = folder().join(format!("{}.json", script.name));
            let text = serde_json::to_string_pretty(&answers).map_err(|error| error.to_string())?;
            return fs::write(path, text + "\n").map_err(|error| error.to_string());
        }
        let differences = Comparison::of(&script.name, &golden(script)?, &answers);
        let what = "the Go server answers otherwise than it did; KGEN_BLESS=1 writes its answers";
        report(what, &differences, Vec::new())
    }
}

impl Ours {
    fn start(storage: fn(&Path) -> Result<Storage, String>) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let server = WardleServer::start("wardle-server", folder.path(), storage(folder.path())?)?;
        Ok(Self {
            client: server.client()?,
            answers: BTreeMap::new(),
            _server: server,
            _folder: folder,
        })
    }

    /// The answers to a script, which is sent once.
    fn answers(&mut self, script: &Script) -> Result<&[Recorded], String> {
        if !self.answers.contains_key(&script.name) {
            let answers = block_on(script.run(&self.client))?;
            self.answers.insert(script.name.clone(), answers);
        }
        Ok(&self.answers[&script.name])
    }

    fn check(&mut self, script: &Script, allowed: &AllowedDifferences) -> Result<(), String> {
        let answers = self.answers(script)?;
        let differences = Comparison::of(&script.name, &golden(script)?, answers);
        let broken = allowed.broken(&script.name, answers);
        report("ours answers otherwise", &allowed.filter(differences), broken)
    }

    fn check_allowed(&mut self, scripts: &[Script], allowed: &AllowedDifferences) -> Result<(), String> {
        let mut differences = Vec::new();
        for script in scripts {
            differences.extend(Comparison::of(&script.name, &golden(script)?, self.answers(script)?));
        }
        report("allowed.toml says too much", &[], allowed.needless(&differences))
    }
}

fn golden(script: &Script) -> Result<Vec<Recorded>, String> {
    let path = folder().join(format!("{}.json", script.name));
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn report(what: &str, differences: &[Difference], mut wrong: Vec<String>) -> Result<(), String> {
    wrong.extend(differences.iter().map(ToString::to_string));
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{what}, {} times:\n{}", wrong.len(), wrong.join("\n")))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("requests")
}
