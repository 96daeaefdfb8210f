//! etcd.

use std::net::TcpStream;
use std::path::Path;

use crate::process::{Process, free_port};
use crate::programs::Program;

use super::{command, flags};

/// A running etcd of one member.
pub struct Etcd {
    process: Process,
    port: u16,
}

impl Etcd {
    /// Starts one whose data and log lie in `folder` under `name`.
    pub fn start(name: &str, folder: &Path) -> Result<Self, String> {
        let (port, peer) = (free_port()?, free_port()?);
        let client = format!("http://127.0.0.1:{port}");
        let peer = format!("http://127.0.0.1:{peer}");
        let mut command = command(Program::Etcd)?;
        let pairs = [
            ("data-dir", folder.join(name).display().to_string()),
            ("listen-client-urls", client.clone()),
            ("advertise-client-urls", client),
            ("listen-peer-urls", peer.clone()),
            ("initial-advertise-peer-urls", peer.clone()),
            ("initial-cluster", format!("default={peer}")),
            ("log-level", "error".to_owned()),
            // The data of a test need not survive the machine.
            ("unsafe-no-fsync", "true".to_owned()),
        ];
        flags(&mut command, pairs);
        let process = Process::start(name, folder, command)?;
        let mut etcd = Self { process, port };
        etcd.wait()?;
        Ok(etcd)
    }

    /// Its address, for `--etcd-servers`.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Kills it.
    pub fn stop(&mut self) {
        self.process.kill();
    }

    /// Starts it again on the same data.
    pub fn restart(&mut self) -> Result<(), String> {
        self.process.restart()?;
        self.wait()
    }

    fn wait(&mut self) -> Result<(), String> {
        let port = self.port;
        self.process
            .wait_until("listening", || TcpStream::connect(("127.0.0.1", port)).is_ok())
    }
}
