//! The command `kgen`. It reads the command line, lets the pipeline run, and shows what came out.

mod add;
mod args;
mod edit;
mod explain;
mod generate;
mod import;
mod model;
mod names;
mod new_crate;
mod scaffold;
mod serve;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use args::{AddCommand, Args, Command};
use terminal::{Environment, Terminal};

/// The input is wrong, or files are out of date. Mistakes on the command line end with 2.
const FAILURE: u8 = 1;

fn main() -> ExitCode {
    let generators = kgen_build::generators();
    let args = Args::read(&generators);
    let terminal = Terminal::new(&args.global, &Environment::read());
    let is_fine = match args.command {
        None => generate::run(&args.generate, target_folder().as_deref(), &generators, &terminal),
        Some(Command::List) => explain::list(&generators, &terminal),
        Some(Command::Explain { word }) => explain::explain(word.as_deref(), &terminal),
        Some(Command::Model { path, config }) => model::run(path, config, &generators, &terminal),
        Some(Command::New(new)) => scaffold::run(&new, &generators, &terminal),
        Some(Command::Import(import)) => import::run(&import, &generators, &terminal),
        Some(Command::Add(AddCommand::Kind(kind))) => add::kind(&kind, &generators, &terminal),
        Some(Command::Add(AddCommand::Version(version))) => add::version(&version, &generators, &terminal),
        Some(Command::Completions { shell }) => args::completions(shell, &generators),
    };
    if is_fine {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FAILURE)
    }
}

/// The folder of Cargo that the environment names.
fn target_folder() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty());
    named.map(PathBuf::from)
}
