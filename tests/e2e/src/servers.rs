//! The real servers, each started as a program and waited for.

mod cluster;
mod etcd;
mod sample;

use std::fmt::Display;
use std::process::Command;

pub use self::cluster::{Cluster, ControllerManager, KubeApiserver};
pub use self::etcd::Etcd;
pub use self::sample::SampleApiserver;
use crate::programs::Program;

/// The command that starts a program which has to be there.
fn command(program: Program) -> Result<Command, String> {
    let path = program
        .find()
        .ok_or_else(|| format!("there is no {}", program.name()))?;
    Ok(Command::new(path))
}

/// Adds `--name=value` to a command.
fn flag(command: &mut Command, name: &str, value: impl Display) {
    command.arg(format!("--{name}={value}"));
}

/// Whether somebody answers `GET <path>` on `port` with success; who serves there is not asked.
pub(crate) fn answers(client: &crate::Client, path: &str) -> bool {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return false;
    };
    let answer = client.send(crate::Request::new("GET", path));
    runtime.block_on(answer).is_ok_and(|answer| answer.status == 200)
}
