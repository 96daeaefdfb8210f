//! The real servers, each started as a program and waited for.

mod cluster;
mod etcd;
mod sample;
mod wardle;

use std::process::Command;

pub use self::cluster::{Cluster, ControllerManager, KubeApiserver};
pub use self::etcd::Etcd;
pub use self::sample::SampleApiserver;
pub use self::wardle::{Storage, WardleServer};
use crate::client::{Client, Request};
use crate::programs::Program;

/// The command that starts a program which has to be there.
fn command(program: Program) -> Result<Command, String> {
    let path = program
        .find()
        .ok_or_else(|| format!("there is no {}", program.name()))?;
    Ok(Command::new(path))
}

/// Adds `--name=value` for each pair.
fn flags<const N: usize>(command: &mut Command, pairs: [(&str, String); N]) {
    for (name, value) in pairs {
        command.arg(format!("--{name}={value}"));
    }
}

/// Whether `GET <path>` is answered with success.
fn answers(client: &Client, path: &str) -> bool {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return false;
    };
    let answer = client.send(Request::new("GET", path));
    runtime.block_on(answer).is_ok_and(|answer| answer.status == 200)
}
