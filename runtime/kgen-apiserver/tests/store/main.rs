//! One suite of store semantics, run on every store, each with and without the watch cache.
//!
//! The cases are those of `k8s.io/apiserver/pkg/storage/testing`, written anew; each names the function that it follows.
//! etcd is taken from `KUBEBUILDER_ASSETS` or from where `tests/e2e/assets.sh` builds it. Without it, its cases count as
//! ignored and the reason is printed.

mod bookmarks;
mod changes;
#[cfg(feature = "etcd")]
mod etcd;
#[cfg(feature = "etcd")]
mod etcd_only;
mod fixture;
mod lists;
mod values;
mod watch_starts;
mod watches;

use std::process::ExitCode;
use std::time::Duration;

use futures_util::future::BoxFuture;
use libtest_mimic::{Arguments, Failed, Trial};

use self::fixture::{Backend, Fixture, Readers};

/// A case of the suite.
pub(crate) struct Case {
    /// What it is called: the function that it is, without its path.
    name: &'static str,
    /// Whether it compacts, which in etcd concerns the keys of all others.
    compacts: bool,
    run: fn(Fixture) -> BoxFuture<'static, ()>,
}

/// Makes cases of functions; those after the second word compact.
macro_rules! cases {
    ($module:ident: $($plain:ident)* ; compacting: $($compacting:ident)*) => {
        vec![
            $($crate::Case {
                name: stringify!($plain),
                compacts: false,
                run: |fixture| Box::pin($crate::$module::$plain(fixture)),
            },)*
            $($crate::Case {
                name: stringify!($compacting),
                compacts: true,
                run: |fixture| Box::pin($crate::$module::$compacting(fixture)),
            },)*
        ]
    };
}
pub(crate) use cases;

/// How long one case may take.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for backend in Backend::all() {
        if let Some(missing) = backend.missing() {
            eprintln!("\n{missing}\n");
        }
        for readers in [Readers::Direct, Readers::Cached] {
            let cases = [
                changes::cases(),
                lists::cases(),
                watches::cases(),
                watch_starts::cases(),
                bookmarks::cases(),
            ];
            for case in cases.into_iter().flatten() {
                let name = format!("{backend}{readers}::{}", case.name);
                let is_missing = backend.missing().is_some();
                let backend = backend.clone();
                let trial = Trial::test(name, move || run(&backend, readers, &case)).with_ignored_flag(is_missing);
                trials.push(trial);
            }
        }
    }
    #[cfg(feature = "etcd")]
    for (name, case) in etcd_only::cases() {
        let trial = Trial::test(format!("etcd::{name}"), move || {
            block_on(async move {
                case(etcd::Server::start()?).await;
                Ok(())
            })
        });
        trials.push(trial.with_ignored_flag(etcd::program().is_none()));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn run(backend: &Backend, readers: Readers, case: &Case) -> Result<(), Failed> {
    let (backend, run, compacts) = (backend.clone(), case.run, case.compacts);
    block_on(async move {
        let (fixture, _guard) = backend.fixture(readers, compacts).await?;
        run(fixture).await;
        Ok(())
    })
}

/// Runs a case to its end, not too long.
fn block_on(case: impl Future<Output = Result<(), String>>) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let result = runtime.block_on(async { tokio::time::timeout(PATIENCE, case).await });
    runtime.shutdown_timeout(Duration::from_secs(1));
    match result {
        Ok(result) => Ok(result?),
        Err(_) => Err(Failed::from("the case took too long")),
    }
}
