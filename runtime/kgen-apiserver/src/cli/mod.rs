//! The command line of an API server: options as those of kube-apiserver are called, a configuration file, and a mode
//! for development that needs neither.
//!
//! A whole `main` is `kgen_apiserver::cli::main(my_api::generated::api())`.

mod args;
mod cluster;
pub mod config;
mod error;
mod flags;
mod logging;
mod mode;
mod run;
mod runtime_config;
mod serving;
mod settings;
mod standalone;
mod store;

use std::process::ExitCode;

use crate::Api;
use args::Args;

pub use error::CliError;

/// Serves an API as the command line says, until the process is asked to end. Gives 0 when it ended in order, 1 when it
/// could not begin or failed; a wrong command line ends the process with 2.
pub fn main(api: Api) -> ExitCode {
    match start(api) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn start(api: Api) -> Result<(), CliError> {
    let program = args::program();
    let args = Args::read(&program);
    if let Some(shell) = args.completions() {
        args::completions(shell, &program);
        return Ok(());
    }
    let settings = settings::read(args)?;
    logging::start(&settings.config.logging);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CliError::new(format!("the server cannot begin: {error}")))?;
    runtime.block_on(run::run(api, &settings, &program))
}
