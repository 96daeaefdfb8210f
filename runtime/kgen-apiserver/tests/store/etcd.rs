//! Real etcds for the suite: one that all cases share, and one for those that compact, a case at a time.

use std::env;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use kgen_apiserver::storage::{Etcd, EtcdOptions, Store};
use tokio::sync::Mutex;

use crate::fixture::Guard;

/// The etcds of this run, started when they are first needed.
#[derive(Default)]
pub(crate) struct Servers {
    shared: OnceLock<Result<Server, String>>,
    compacted: OnceLock<Result<Server, String>>,
    one_at_a_time: Arc<Mutex<()>>,
    cases: AtomicUsize,
}

/// A running etcd. It ends with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    data: tempfile::TempDir,
    ports: [u16; 2],
}

/// Where etcd is, if it is anywhere.
pub(crate) fn program() -> Option<PathBuf> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/e2e/assets");
    let folders = [env::var_os("KUBEBUILDER_ASSETS").map(PathBuf::from), Some(built)];
    folders
        .into_iter()
        .flatten()
        .map(|folder| folder.join("etcd"))
        .find(|path| path.is_file())
}

impl Servers {
    pub(crate) fn missing(&self) -> Option<String> {
        match program() {
            Some(_) => None,
            None => Some(
                "The cases on etcd are IGNORED, since there is no etcd: run tests/e2e/assets.sh, or set KUBEBUILDER_ASSETS."
                    .to_owned(),
            ),
        }
    }

    /// A store, and a prefix that no other case has.
    pub(crate) async fn store(&self, compacts: bool) -> Result<(Arc<dyn Store>, String, Guard), String> {
        let (server, guard): (_, Guard) = if compacts {
            let turn = self.one_at_a_time.clone().lock_owned().await;
            (&self.compacted, Box::new(turn))
        } else {
            (&self.shared, Box::new(()))
        };
        let server = server.get_or_init(Server::start).as_ref().map_err(String::clone)?;
        let options = EtcdOptions::new([&server.address]);
        let store = Etcd::connect(&options).map_err(|error| error.to_string())?;
        let case = self.cases.fetch_add(1, Ordering::Relaxed);
        Ok((Arc::new(store), format!("/registry/case-{case}/"), guard))
    }
}

impl Server {
    /// Starts one with empty data and waits until it answers.
    pub(crate) fn start() -> Result<Self, String> {
        let program = program().ok_or("there is no etcd")?;
        let data = tempfile::tempdir().map_err(|error| error.to_string())?;
        let ports = [port()?, port()?];
        let child = spawn(&program, data.path(), ports)?;
        let server = Self {
            child,
            address: format!("127.0.0.1:{}", ports[0]),
            data,
            ports,
        };
        server.wait()?;
        Ok(server)
    }

    fn wait(&self) -> Result<(), String> {
        let end = Instant::now() + Duration::from_secs(60);
        while std::net::TcpStream::connect(&self.address).is_err() {
            if Instant::now() > end {
                return Err("etcd does not come up".to_owned());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Kills it, as a crash does.
    pub(crate) fn kill(&mut self) {
        self.child
            .kill()
            .and_then(|()| self.child.wait())
            .expect("etcd can be killed");
    }

    /// Starts it again on the same data and ports.
    pub(crate) fn restart(&mut self) -> Result<(), String> {
        let program = program().ok_or("there is no etcd")?;
        self.child = spawn(&program, self.data.path(), self.ports)?;
        self.wait()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(program: &Path, data: &Path, [client, peer]: [u16; 2]) -> Result<Child, String> {
    let client = format!("http://127.0.0.1:{client}");
    let peer = format!("http://127.0.0.1:{peer}");
    Command::new(program)
        .arg("--data-dir")
        .arg(data)
        .args(["--listen-client-urls", &client, "--advertise-client-urls", &client])
        .args(["--listen-peer-urls", &peer, "--initial-advertise-peer-urls", &peer])
        .args(["--initial-cluster", &format!("default={peer}"), "--log-level", "error"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())
}

fn port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|error| error.to_string())
}
