//! The wanted files of the corpus compile beside their input, and clippy has nothing to say about them. Each case is a
//! package of one workspace in the target folder, which only changes where the corpus changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kgen_tests::{corpus, entries, files_below, root, write};

const MEMBER: &str = r#"
[package]
name = "NAME"
version = "0.0.0"
edition = "2024"

[features]
kube = ["dep:kube-core"]
server = ["dep:kgen-apiserver"]

[dependencies]
kgen.workspace = true
kgen-apiserver = { workspace = true, optional = true }
kube-core = { workspace = true, optional = true }
serde = { workspace = true, features = ["derive"] }
serde_json.workspace = true
"#;

#[test]
fn wanted_files_compile_without_warnings() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiles");
    let names: Vec<String> = corpus()
        .iter()
        .map(|(case, input)| member(&folder, case, input))
        .collect();
    for stale in entries(&folder.join("cases"))
        .iter()
        .filter(|path| !names.iter().any(|name| path.ends_with(name)))
    {
        fs::remove_dir_all(stale).expect("stale cases can be removed");
    }
    write_changed(&folder.join("Cargo.toml"), workspace().as_bytes());
    write_changed(
        &folder.join("Cargo.lock"),
        &fs::read(root().join("Cargo.lock")).expect("the workspace has a lock"),
    );
    let output = Command::new(env!("CARGO"))
        .args([
            "clippy",
            "--workspace",
            "--all-features",
            "--keep-going",
            "--quiet",
            "--offline",
        ])
        .args(["--target-dir", "target", "--", "-D", "warnings"])
        .env("K8S_OPENAPI_ENABLED_VERSION", kubernetes_version())
        .current_dir(&folder)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Makes the package of a case and returns its name.
fn member(folder: &Path, case: &Path, input: &Path) -> String {
    let name = case
        .file_name()
        .expect("cases have names")
        .to_string_lossy()
        .into_owned();
    let folder = folder.join("cases").join(&name);
    let mut wanted: Vec<(PathBuf, Vec<u8>)> = vec![("Cargo.toml".into(), MEMBER.replace("NAME", &name).into_bytes())];
    let mut add = |from: &Path, below: &str| {
        for file in files_below(&from.join(below))
            .iter()
            .map(|file| Path::new(below).join(file))
        {
            let text = fs::read(from.join(&file)).expect("cases can be read");
            wanted.push((file, text));
        }
    };
    add(&case.join("want"), "src");
    // What servers publish is included by path.
    add(&case.join("want"), "openapi");
    if input.is_dir() {
        add(input, "src");
    } else {
        let text = fs::read_to_string(input).expect("cases can be read");
        wanted.push((
            "src/lib.rs".into(),
            format!("{text}\npub mod generated;\n").into_bytes(),
        ));
    }
    for stale in files_below(&folder)
        .iter()
        .filter(|file| !wanted.iter().any(|(path, _)| path == *file))
    {
        fs::remove_file(folder.join(stale)).expect("stale files can be removed");
    }
    wanted
        .iter()
        .for_each(|(path, text)| write_changed(&folder.join(path), text));
    name
}

/// Cargo looks at times: what has not changed is not touched.
fn write_changed(path: &Path, text: &[u8]) {
    if fs::read(path).ok().as_deref() != Some(text) {
        write(path, text);
    }
}

/// The workspace of the packages, with the dependencies of the real one.
fn workspace() -> String {
    let real = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
    let wanted = ["kgen ", "kgen-apiserver ", "kube-core ", "serde ", "serde_json "];
    let dependencies: String = real
        .lines()
        .filter(|line| wanted.iter().any(|name| line.starts_with(name)))
        .map(|line| line.replace("path = \"", &format!("path = \"{}/", root().display())) + "\n")
        .collect();
    format!("[workspace]\nresolver = \"3\"\nmembers = [\"cases/*\"]\n\n[workspace.dependencies]\n{dependencies}")
}

fn kubernetes_version() -> String {
    let config = fs::read_to_string(root().join(".cargo/config.toml")).expect("the workspace has a configuration");
    let line = config
        .lines()
        .find_map(|line| line.strip_prefix("K8S_OPENAPI_ENABLED_VERSION = "));
    line.expect("the workspace chooses a version of Kubernetes")
        .trim_matches('"')
        .to_owned()
}
