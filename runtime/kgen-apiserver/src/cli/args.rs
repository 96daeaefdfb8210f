//! The options, named as kube-apiserver names them.

use std::path::{Path, PathBuf};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueHint};

use super::flags::Flags;

/// Serves an API of Kubernetes' kind.
#[derive(Debug, Parser)]
#[command(version = env!("CARGO_PKG_VERSION"), disable_help_subcommand = true)]
pub(super) struct Args {
    /// A configuration file (apiserver.config.kgen.dev/v1alpha1 ServerConfiguration); options win over it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) config: Option<PathBuf>,
    #[command(flatten)]
    pub(super) flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

impl Args {
    /// Reads the command line. Mistakes, `--help` and `--version` end the program here.
    pub(super) fn read(program: &str) -> Self {
        let mut command = command(program);
        let matches = command.get_matches_mut();
        let args = Self::from_arg_matches(&matches).map_err(|error| error.format(&mut command));
        args.unwrap_or_else(|error| error.exit())
    }

    /// The shell that completions are asked for.
    pub(super) fn completions(&self) -> Option<clap_complete::Shell> {
        self.command.as_ref().map(|Command::Completions { shell }| *shell)
    }
}

/// What this program is called.
pub(super) fn program() -> String {
    let first = std::env::args_os().next().map(PathBuf::from);
    let name = first.as_deref().and_then(Path::file_stem);
    name.map_or_else(|| "apiserver".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The command, with examples that name it.
pub(super) fn command(program: &str) -> clap::Command {
    let examples = format!(
        "Examples:\n  \
         {program} --data-dir ./data\n      \
         on its own, for development: on this machine only, with a token and certificates of its own making\n  \
         {program} --storage memory --secure-port 0\n      \
         the same, forgetting everything at the end, on a port that is free\n  \
         {program} --etcd-servers https://10.0.0.1:2379 --etcd-cafile ca.crt --kubeconfig kubeconfig \\\n      \
         --tls-cert-file server.crt --tls-private-key-file server.key\n      \
         behind a main API server, which says who clients are and what they may do\n  \
         {program} --config server.yaml -v 4\n      \
         as a file says, and talkative\n  \
         {program} completions bash > ~/.local/share/bash-completion/completions/{program}"
    );
    Args::command().name(program.to_owned()).after_help(examples)
}

/// Prints the completions of a shell.
pub(super) fn completions(shell: clap_complete::Shell, program: &str) {
    clap_complete::generate(shell, &mut command(program), program, &mut std::io::stdout());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command("server").debug_assert();
    }
}
