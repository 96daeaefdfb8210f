//! Crates of one workspace in the target folder, which only changes where the definitions do.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kgen_build::SourceFile;
use kgen_emit::rust::path;
use kgen_model::Model;
use kgen_tests::{root, write};

use crate::objects::Object;

const MEMBER: &str = r#"
[package]
name = "NAME"
version = "0.0.0"
edition = "2024"

[dependencies]
kgen.workspace = true

[dev-dependencies]
k8s-openapi = { workspace = true, features = ["latest"] }
serde_json.workspace = true
"#;

/// Where the types of a crate come from.
pub(crate) enum Origin<'a> {
    /// They are generated.
    Generated,
    /// They were imported.
    Imported(&'a [SourceFile]),
}

/// The workspace.
pub(crate) struct Crates {
    folder: PathBuf,
    names: Vec<String>,
}

impl Crates {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name),
            names: Vec::new(),
        }
    }

    /// The folder of a new crate.
    pub(crate) fn add(&mut self, name: &str, origin: Origin<'_>) -> PathBuf {
        let folder = self.folder.join(name);
        write_changed(&folder.join("Cargo.toml"), &MEMBER.replace("NAME", name));
        match origin {
            Origin::Generated => write_changed(&folder.join("src/lib.rs"), "//! Types.\n\npub mod generated;\n"),
            Origin::Imported(files) => write_imported(&folder, files),
        }
        self.names.push(name.to_owned());
        folder
    }

    /// A program that decodes and encodes objects: a line gives the type's path, the next one the object.
    pub(crate) fn add_round_trip(&self, name: &str, model: &Model) {
        let library = name.replace('-', "_");
        let arms = model.resources.iter().map(|resource| {
            let path = path(model.ty(resource.ty));
            let ty = path.replacen("crate", &library, 1);
            format!("            {path:?} => again::<{ty}>(&object),\n")
        });
        let text = format!(
            "//! Decodes and encodes objects.\n\nuse std::io::BufRead;\n\nfn main() {{\n    \
             let mut lines = std::io::stdin().lock().lines().map_while(Result::ok);\n    \
             while let (Some(path), Some(object)) = (lines.next(), lines.next()) {{\n        \
             let text = match path.as_str() {{\n{}            other => panic!(\"no type {{other}}\"),\n        }};\n        \
             println!(\"{{text}}\");\n    }}\n}}\n\n\
             fn again<T: kgen::serde::de::DeserializeOwned + kgen::serde::Serialize>(text: &str) -> String {{\n    \
             let value: T = serde_json::from_str(text).unwrap_or_else(|error| panic!(\"{{error}}: {{text}}\"));\n    \
             serde_json::to_string(&value).expect(\"objects are JSON\")\n}}\n",
            arms.collect::<String>()
        );
        write_changed(&self.folder.join(name).join("examples/again.rs"), &text);
    }

    /// Makes a workspace of the crates, with the dependencies of the real one.
    pub(crate) fn finish(&self) {
        let real = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
        let wanted = ["kgen ", "k8s-openapi ", "serde_json "];
        let lines = real
            .lines()
            .filter(|line| wanted.iter().any(|name| line.starts_with(name)));
        let dependencies: String = lines
            .map(|line| line.replace("path = \"", &format!("path = \"{}/", root().display())) + "\n")
            .collect();
        let members = self.names.join("\", \"");
        let text = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"{members}\"]\n\n[workspace.dependencies]\n{dependencies}"
        );
        write_changed(&self.folder.join("Cargo.toml"), &text);
        let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the workspace has a lock");
        write_changed(&self.folder.join("Cargo.lock"), &lock);
    }

    /// Clippy has nothing to say.
    pub(crate) fn clippy(&self) {
        let args = [
            "clippy",
            "--workspace",
            "--keep-going",
            "--quiet",
            "--offline",
            "--",
            "-D",
            "warnings",
        ];
        let output = self.cargo(&args).output().expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Neither has rustdoc.
    pub(crate) fn docs(&self) {
        let args = ["doc", "--workspace", "--no-deps", "--quiet", "--offline"];
        let mut cargo = self.cargo(&args);
        let output = cargo.env("RUSTDOCFLAGS", "-D warnings").output().expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// The objects after decoding and encoding.
    pub(crate) fn round_trip(&self, name: &str, objects: &[Object]) -> Vec<serde_json::Value> {
        let input: String = objects
            .iter()
            .map(|object| format!("{}\n{}\n", object.path, object.value))
            .collect();
        let mut cargo = self.cargo(&["run", "--quiet", "--offline", "--package", name, "--example", "again"]);
        let child = cargo
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("cargo runs");
        let mut stdin = child.stdin.take().expect("the input is a pipe");
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().expect("cargo ends");
        assert!(
            output.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let _ = writer.join();
        let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
        lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("the program writes JSON"))
            .collect()
    }

    fn cargo(&self, args: &[&str]) -> Command {
        let config = fs::read_to_string(root().join(".cargo/config.toml")).expect("the workspace has a configuration");
        let line = config
            .lines()
            .find_map(|line| line.strip_prefix("K8S_OPENAPI_ENABLED_VERSION = "));
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(args)
            .env(
                "K8S_OPENAPI_ENABLED_VERSION",
                line.expect("the workspace chooses a version").trim_matches('"'),
            )
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("compiles/target"),
            )
            .current_dir(&self.folder);
        cargo
    }
}

/// Writes imported sources, with the generated modules beside them.
pub(crate) fn write_imported(folder: &Path, files: &[SourceFile]) {
    for file in files {
        let text = match file.module.len() {
            1 => format!("{}pub mod generated;\n", file.text),
            _ => file.text.clone(),
        };
        write_changed(&folder.join("src").join(&file.path), &text);
    }
}

/// Cargo looks at times: what has not changed is not touched.
fn write_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        write(path, text);
    }
}
