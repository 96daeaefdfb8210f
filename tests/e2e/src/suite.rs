//! Cases that share servers, which are started when the first of them needs them.

use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};

use crate::process::show_logs;

/// A case: it wants something of what is shared, and says what is wrong if it is not so.
pub type Case<S> = fn(&S) -> Result<(), String>;

/// Cases on servers of the sort `S`.
pub struct Suite<S> {
    /// Starts what is shared.
    pub start: fn() -> Result<S, String>,
    /// What is missing on this machine, if something is.
    pub missing: Option<String>,
    /// The cases by name.
    pub cases: Vec<(&'static str, Case<S>)>,
}

/// The cases of functions, called like these.
#[macro_export]
macro_rules! cases {
    ($($case:path),* $(,)?) => {
        vec![$((
            stringify!($case),
            $case as $crate::suite::Case<_>,
        )),*]
    };
}

impl<S: Send + Sync + 'static> Suite<S> {
    /// Runs what the arguments of the program ask for.
    pub fn run(self) -> ExitCode {
        let arguments = Arguments::from_args();
        if let Some(missing) = &self.missing {
            eprintln!("\n{missing}\n");
        }
        let shared: Arc<OnceLock<Option<S>>> = Arc::default();
        let trials = self.cases.into_iter().map(|(name, case)| {
            let (shared, start) = (shared.clone(), self.start);
            let run = move || {
                let mut complaint = "the servers did not start".to_owned();
                let shared = shared.get_or_init(|| start().map_err(|error| complaint = error).ok());
                let result = shared.as_ref().ok_or(complaint).and_then(case);
                result.map_err(|error| {
                    show_logs();
                    Failed::from(error)
                })
            };
            Trial::test(name, run).with_ignored_flag(self.missing.is_some())
        });
        libtest_mimic::run(&arguments, trials.collect()).exit_code()
    }
}

/// Asks again until there is an answer, at most `patience`; the last complaint is the error.
pub fn eventually<T>(patience: Duration, mut ask: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    let end = Instant::now() + patience;
    loop {
        match ask() {
            Ok(answer) => return Ok(answer),
            Err(error) if Instant::now() > end => return Err(format!("after {} s: {error}", patience.as_secs())),
            Err(_) => thread::sleep(Duration::from_millis(200)),
        }
    }
}

/// Complains unless a text has all pieces.
pub fn expect(text: &str, pieces: &[&str]) -> Result<(), String> {
    let absent: Vec<_> = pieces.iter().filter(|piece| !text.contains(**piece)).collect();
    if absent.is_empty() {
        return Ok(());
    }
    Err(format!("{absent:?} should be in:\n{text}"))
}

/// Runs something that waits, to its end.
pub fn block_on<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.map_err(|error| error.to_string())?.block_on(work)
}
