//! Processes that end with the value that stands for them, and whose logs are shown if a test fails.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How many lines of a log are shown when something fails.
const SHOWN: usize = 60;

static FAILED: AtomicBool = AtomicBool::new(false);

/// Has the logs of all processes shown when they end.
pub fn show_logs() {
    FAILED.store(true, Ordering::Relaxed);
}

/// A running program. It is killed when this is dropped; if that is because a test fails, the end of its log is shown.
pub struct Process {
    name: String,
    log: PathBuf,
    command: Command,
    child: Child,
}

impl Process {
    /// Starts `command`, whose output goes to `<name>.log` in `folder`.
    pub fn start(name: &str, folder: &Path, mut command: Command) -> Result<Self, String> {
        let log = folder.join(format!("{name}.log"));
        let child = spawn(&mut command, &log).map_err(|error| format!("{name} does not start: {error}"))?;
        Ok(Self {
            name: name.to_owned(),
            log,
            command,
            child,
        })
    }

    /// Waits until `is_ready` holds, at most a minute or until the program ends.
    pub fn wait_until(&mut self, what: &str, mut is_ready: impl FnMut() -> bool) -> Result<(), String> {
        let end = Instant::now() + Duration::from_secs(60);
        while !is_ready() {
            let ended = self.child.try_wait().map_err(|error| error.to_string())?;
            if let Some(status) = ended {
                return Err(format!("{} ended with {status}:\n{}", self.name, self.tail()));
            }
            if Instant::now() > end {
                return Err(format!("{} is not {what} after a minute:\n{}", self.name, self.tail()));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it with SIGKILL, as a crash does.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts it again as it was started; its log goes on.
    pub fn restart(&mut self) -> Result<(), String> {
        self.kill();
        self.child = spawn(&mut self.command, &self.log).map_err(|error| error.to_string())?;
        Ok(())
    }

    /// All that it has written so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn tail(&self) -> String {
        let log = self.log();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(SHOWN)..].join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        if FAILED.load(Ordering::Relaxed) || thread::panicking() {
            eprintln!("---- the end of the log of {} ----\n{}", self.name, self.tail());
        }
    }
}

fn spawn(command: &mut Command, log: &Path) -> std::io::Result<Child> {
    let log = File::options().create(true).append(true).open(log)?;
    command
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
}

/// A port of this machine that nobody listens on.
pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|error| error.to_string())
}
