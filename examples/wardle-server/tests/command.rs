//! The program as a person starts it: what it prints, what it refuses, and that kubectl can use what it wrote.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A server that ends with the test.
struct Server {
    process: Child,
    greeting: String,
}

impl Server {
    fn start(program: &Path, args: &[&str]) -> Self {
        let mut process = Command::new(program)
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the server starts");
        let output = process.stdout.take().expect("it has an output");
        let lines = BufReader::new(output).lines().take(3);
        let greeting = lines.map(|line| line.expect("it is text") + "\n").collect();
        Self { process, greeting }
    }

    /// What the server proposes, with other words at the end.
    fn kubectl(&self, words: &[&str]) -> Option<Output> {
        let kubeconfig = self.greeting.lines().find_map(|line| line.split_once("--kubeconfig "));
        let kubeconfig = kubeconfig
            .and_then(|(_, rest)| rest.split(' ').next())
            .expect("it proposes a command");
        let cache = Path::new(kubeconfig)
            .parent()
            .expect("it lies in a folder")
            .join("cache");
        let output = Command::new("kubectl")
            .args(["--kubeconfig", kubeconfig, "--cache-dir"])
            .arg(cache)
            .args(words)
            .output();
        if output.is_err() {
            eprintln!("kubectl is missing: what it says was not looked at");
        }
        output.ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn wardle() -> PathBuf {
    env!("CARGO_BIN_EXE_wardle-server").into()
}

/// Examples lie beside the program.
fn gateway() -> PathBuf {
    let folder = wardle();
    let folder = folder.parent().expect("programs lie in a folder");
    folder
        .join("examples")
        .join(format!("gateway{}", std::env::consts::EXE_SUFFIX))
}

fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(wardle())
        .args(args)
        .current_dir(&folder)
        .output()
        .expect("the program runs");
    let left = std::fs::read_dir(&folder).expect("the folder can be read").count();
    assert_eq!(left, 0, "{args:?} left something behind");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("it is text")
}

#[test]
fn a_server_on_its_own_tells_how_to_use_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data").display().to_string();
    let server = Server::start(&wardle(), &["--data-dir", &data, "--secure-port", "0"]);
    let wanted = "serves wardle.example.com/v1alpha1, wardle.example.com/v1beta1 on https://127.0.0.1:";
    assert!(server.greeting.contains(wanted), "{}", server.greeting);
    let wanted = format!("kubectl --kubeconfig {data}/kubeconfig get flunders\n");
    assert!(server.greeting.ends_with(&wanted), "{}", server.greeting);
    if let Some(output) = server.kubectl(&["get", "flunders"]) {
        assert_eq!(text(&output.stderr), "No resources found in default namespace.\n");
        assert!(output.status.success());
    }
}

#[test]
fn a_name_that_a_fischer_forbids_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().display().to_string();
    let server = Server::start(
        &wardle(),
        &["--data-dir", &data, "--storage", "memory", "--secure-port=0"],
    );
    let object = |name: &str, kind: &str, rest: &str| {
        let path = folder.path().join(format!("{name}.yaml"));
        let text =
            format!("apiVersion: wardle.example.com/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}}}\n{rest}\n");
        std::fs::write(&path, text).expect("it can be written");
        path.display().to_string()
    };
    let (fischer, banned, other) = (
        object("fischer", "Fischer", "disallowedFlunders: [banned]"),
        object("banned", "Flunder", ""),
        object("other", "Flunder", ""),
    );
    let Some(made) = server.kubectl(&["create", "-f", &fischer]) else {
        return;
    };
    assert!(made.status.success(), "{}", text(&made.stderr));
    let made = server.kubectl(&["create", "-f", &other]).expect("kubectl is there");
    assert_eq!(text(&made.stdout), "flunder.wardle.example.com/other created\n");
    let refused = server.kubectl(&["create", "-f", &banned]).expect("kubectl is there");
    let wanted = "flunders.wardle.example.com \"banned\" is forbidden: this name may not be used, please change the \
                  resource name";
    assert!(text(&refused.stderr).contains(wanted), "{}", text(&refused.stderr));
}

#[test]
fn the_gateway_api_is_served_the_same_way() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().display().to_string();
    let server = Server::start(&gateway(), &["--data-dir", &data, "--secure-port=0"]);
    assert!(
        server.greeting.contains("gateway.networking.k8s.io/v1"),
        "{}",
        server.greeting
    );
    if let Some(output) = server.kubectl(&["api-resources", "-o", "name"]) {
        let known = text(&output.stdout);
        assert!(known.contains("httproutes.gateway.networking.k8s.io"), "{known}");
    }

    // A new object has the status that its kind has by default, whatever a client sends.
    let path = folder.path().join("gateway.yaml");
    let text_of = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a}\n\
                   spec: {gatewayClassName: c, listeners: [{name: http, port: 80, protocol: HTTP}]}\n";
    std::fs::write(&path, text_of).expect("the folder can be written");
    let status = "jsonpath={.status.conditions[*].status}";
    if let Some(made) = server.kubectl(&["create", "-f", &path.display().to_string(), "-o", status]) {
        assert_eq!(text(&made.stdout), "Unknown Unknown", "{}", text(&made.stderr));
    }
}

#[test]
fn mistakes_name_the_option_and_the_way_out() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let data = path("data");
    let file = path("server.yaml");
    let head = "apiVersion: apiserver.config.kgen.dev/v1alpha1\nkind: ServerConfiguration\n";
    let config = |rest: &str| std::fs::write(&file, format!("{head}{rest}")).expect("it can be written");
    let refused = |args: &[&str], wanted: &str| {
        let (code, _, error) = run(args);
        assert_eq!(code, Some(1), "{error}");
        assert!(error.contains(wanted), "{wanted} is not in:\n{error}");
    };
    refused(&["--secure-port", "70000"], "(`--secure-port`)");
    refused(&["--storage", "etcd"], "`--etcd-servers http://127.0.0.1:2379`");
    refused(
        &["--etcd-servers", "http://a", "--storage", "memory"],
        "objects are not stored in etcd",
    );
    refused(&["--request-timeout", "soon"], "write a number with a unit");
    refused(&["--tls-cert-file", "a.crt"], "(`--tls-private-key-file`)");
    refused(
        &["--feature-gates", "Shiny=true"],
        "this server has no features that can be switched",
    );
    refused(
        &["--runtime-config", "wardle.example.com/v9=true"],
        "the versions are wardle.example.com/v1alpha1",
    );
    refused(&["--kubeconfig", "/none"], "(`--kubeconfig`)");
    refused(
        &["--data-dir", &data, "--bind-address", "0.0.0.0", "--secure-port=0"],
        "`--kubeconfig FILE`",
    );
    refused(&["--config", "/none"], "name a file by `--config`");
    config("serving: {prot: 1}\n");
    refused(&["--config", &file], "serving.prot");
    config("serving: {port: -1}\n");
    refused(&["--config", &file], "server.yaml");
    std::fs::write(&file, "kind: Other\n").expect("it can be written");
    refused(
        &["--config", &file],
        "begin with `apiVersion: apiserver.config.kgen.dev/v1alpha1`",
    );
    assert_eq!(run(&["--secure-prot", "1"]).0, Some(2));
}

#[test]
fn options_win_over_the_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("server.yaml");
    let text = format!(
        "apiVersion: apiserver.config.kgen.dev/v1alpha1\nkind: ServerConfiguration\nserving: {{port: 1}}\n\
         storage: {{backend: memory, dataDir: {:?}}}\nruntimeConfig: {{api/alpha: false}}\n",
        folder.path().display().to_string()
    );
    std::fs::write(&file, text).expect("it can be written");
    let server = Server::start(
        &wardle(),
        &["--config", &file.display().to_string(), "--secure-port", "0"],
    );
    assert!(
        server.greeting.contains("serves wardle.example.com/v1beta1 on"),
        "{}",
        server.greeting
    );
    assert!(!folder.path().join("store").exists());
}

#[test]
fn the_health_check_of_etcd_is_called_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().display().to_string();
    let nowhere = ["--etcd-servers", "http://127.0.0.1:1", "--secure-port=0"];
    let server = Server::start(&wardle(), &[&["--data-dir", &data], nowhere.as_slice()].concat());
    let Some(output) = server.kubectl(&["get", "--raw", "/readyz?verbose"]) else {
        return;
    };
    let said = text(&output.stderr);
    assert!(said.contains("[-]etcd failed"), "{said}");
}

#[test]
fn a_folder_has_one_server() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().display().to_string();
    let _first = Server::start(&wardle(), &["--data-dir", &data, "--secure-port", "0"]);
    let (code, _, error) = run(&["--data-dir", &data, "--secure-port", "0"]);
    assert_eq!(code, Some(1));
    assert!(
        error.contains("end that process, or name another folder: `--data-dir DIR`"),
        "{error}"
    );
}

#[test]
fn help_has_examples_and_shells_have_completions() {
    let (code, help, _) = run(&["--help"]);
    assert_eq!(code, Some(0));
    for wanted in [
        "--etcd-servers",
        "--requestheader-client-ca-file",
        "Examples:",
        "wardle-server --data-dir ./data",
    ] {
        assert!(help.contains(wanted), "{wanted} is not in:\n{help}");
    }
    let (code, completions, _) = run(&["completions", "bash"]);
    assert_eq!(code, Some(0));
    assert!(completions.contains("--secure-port"));
}
