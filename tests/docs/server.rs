//! The page about servers as a reader follows it: the crate that it begins with, what it writes by hand, the file and the
//! commands that it shows. What is served is asked for with kubectl, where there is one.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use kgen_tests::write;

use crate::markdown::{Block, blocks};
use crate::page;
use crate::workspace::Workspace;

const PAGE: &str = "docs/server.md";

/// How a reader starts the server. A program that cargo runs outlives cargo, so the program itself is started here.
const START: &str = "cargo run -- ";

#[test]
fn the_page_about_servers_works() {
    let workspace = Workspace::new("server");
    let begin = block("sh", "kgen new");
    let lines: Vec<&str> = begin.text.lines().collect();
    let (start, before) = lines.split_last().expect("the block has lines");
    sh(&workspace, "", &before.join("\n"));
    let shop = workspace.folder.join("shop");
    by_hand(&shop);
    sh(&workspace, "shop", "kgen all .");
    sh(&workspace, "shop", &first_line(&block("sh", "kgen manifests")));
    assert!(
        shop.join("manifests/shop-server.yaml").exists(),
        "the manifests are there"
    );
    // What is made of definitions is a server as well: here of those of the shop.
    let again = block("sh", "kgen registry").text.replace("./crds", "shop/crds");
    sh(
        &workspace,
        "",
        &first_line_of(&again).replace("--out shop", "--out again"),
    );
    sh(&workspace, "", "cargo build --quiet");

    mistakes(&shop);
    let options = start.strip_prefix(START).expect("the server is started last");
    for name in ["shop", "again"] {
        let server = Server::start(&workspace.folder.join(name), name, options);
        let shown = block("text", "serves").text;
        assert_eq!(
            server.greeting.lines().count(),
            shown.lines().count(),
            "{}",
            server.greeting
        );
        let serves = format!("{name} serves shop.example.com/v1 on https://127.0.0.1:");
        assert!(server.greeting.starts_with(&serves), "{}", server.greeting);
        assert!(
            server.greeting.trim_end().ends_with("get orders"),
            "{}",
            server.greeting
        );
        let Some(output) = server.kubectl(&["get", "orders"]) else {
            continue;
        };
        assert!(output.status.success(), "{output:?}");
    }
}

/// The files that the page shows, as a reader puts them into the crate.
fn by_hand(shop: &Path) {
    let strategy = block("rust", "//! src/strategies.rs");
    write(&shop.join("src/strategies.rs"), &strategy.text);
    let marker = block("rust", "strategy =").text;
    let marker = first_line_of(&marker);
    let edited = |file: &str, from: &str, to: &str| {
        let path = shop.join(file);
        let text = std::fs::read_to_string(&path).expect("the crate has it");
        assert!(text.contains(from), "{file} has no `{from}`");
        write(&path, text.replacen(from, to, 1));
    };
    edited("src/lib.rs", "pub mod v1;", "pub mod strategies;\npub mod v1;");
    edited(
        "src/v1.rs",
        "#[kgen(kind, namespaced, status)]",
        &format!("{marker}\n#[kgen(status)]"),
    );
    write(&shop.join("server.yaml"), block("yaml", "ServerConfiguration").text);
}

/// The file that the page shows is understood, up to what this machine does not have; and a mistake is told as is shown.
fn mistakes(shop: &Path) {
    let refused = |options: &[&str]| {
        let output = program(shop, "shop").args(options).output().expect("the program runs");
        assert!(!output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let missing = refused(&["--config", "server.yaml"]);
    assert!(
        missing.starts_with("error: storage.etcd.caFile: `/etcd/ca.crt` cannot be read"),
        "{missing}"
    );
    assert_eq!(
        refused(&["--secure-port", "70000"]),
        block("text", "error: serving.port").text
    );
}

/// The first block of the page in a language that holds a text.
fn block(language: &str, text: &str) -> Block {
    let found = blocks(&page(PAGE)).into_iter();
    let mut found = found.filter(|block| block.language == language && block.text.contains(text));
    found
        .next()
        .unwrap_or_else(|| panic!("{PAGE} has no block of {language} with `{text}`"))
}

fn first_line(block: &Block) -> String {
    first_line_of(&block.text)
}

fn first_line_of(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn sh(workspace: &Workspace, at: &str, script: &str) {
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", script]).current_dir(workspace.folder.join(at));
    let output = workspace.surround(&mut shell).output().expect("there is a shell");
    assert!(
        output.status.success(),
        "{script}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A program that was built in the workspace, to be run in a crate's folder.
fn program(krate: &Path, name: &str) -> Command {
    let mut program = Command::new(Workspace::target().join("debug").join(name));
    program.current_dir(krate);
    program
}

/// A server that ends with the test.
struct Server {
    process: Child,
    greeting: String,
}

impl Server {
    fn start(krate: &Path, name: &str, options: &str) -> Self {
        let mut process = program(krate, name)
            .args(options.split(' '))
            .args(["--secure-port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let output = process.stdout.take().expect("it has an output");
        let lines = BufReader::new(output).lines().take(3);
        let greeting = lines.map(|line| line.expect("it is text") + "\n").collect();
        Self { process, greeting }
    }

    /// What the server proposes, with other words at the end.
    fn kubectl(&self, words: &[&str]) -> Option<Output> {
        let proposed = self.greeting.lines().find_map(|line| line.split_once("--kubeconfig "));
        let kubeconfig = proposed.and_then(|(_, rest)| rest.split(' ').next());
        let kubeconfig = Path::new(kubeconfig.expect("it proposes a command"));
        let output = Command::new("kubectl")
            .arg("--kubeconfig")
            .arg(kubeconfig)
            .arg("--cache-dir")
            .arg(kubeconfig.with_file_name("cache"))
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
