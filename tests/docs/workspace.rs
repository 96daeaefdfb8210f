//! Crates of readers: a workspace in the target folder, and the surroundings in which its commands run.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use kgen_tests::{root, write};

/// A workspace and its surroundings: a `kgen` that is built from this checkout, and crates that depend on it.
pub(crate) struct Workspace {
    /// Its folder.
    pub(crate) folder: PathBuf,
    path: OsString,
}

impl Workspace {
    /// An empty workspace whose members are the crates below it, with the dependencies that this checkout is locked to.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("the last run can be removed");
        }
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n";
        write(&folder.join("Cargo.toml"), manifest);
        let lock = fs::read(root().join("Cargo.lock")).expect("the workspace has a lock");
        write(&folder.join("Cargo.lock"), lock);
        let path = path_with(&folder.with_extension("tools"));
        Self { folder, path }
    }

    /// Where programs are built.
    pub(crate) fn target() -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs-target")
    }

    /// Lets a command run there. Warnings are errors, and nothing is downloaded.
    pub(crate) fn surround<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("PATH", &self.path)
            .env("CARGO_TARGET_DIR", Self::target())
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TERM_COLOR", "never")
            .env("RUSTFLAGS", "-D warnings")
            .env("COLUMNS", "100")
            .env_remove("CARGO_MANIFEST_DIR")
    }
}

/// Builds kgen, and puts it before all other programs.
fn path_with(tools: &Path) -> OsString {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the folder lies in the target folder");
    // What only the crates of readers need is not there after a build.
    cargo(&["fetch", "--quiet", "--locked"]);
    let into = target.to_string_lossy();
    cargo(&[
        "build",
        "--quiet",
        "--locked",
        "--package",
        "kgen-cli",
        "--bin",
        "kgen",
        "--target-dir",
        &into,
    ]);
    let program = tools.join("kgen");
    write(&program, wrapper(&target.join("debug/kgen")));
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("the file can be made a program");
    let toolchain = Path::new(env!("CARGO")).parent().expect("cargo lies in a folder");
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = [tools.to_owned(), toolchain.to_owned()];
    std::env::join_paths(folders.into_iter().chain(std::env::split_paths(&inherited)))
        .expect("folders have no colons in their names")
}

/// Lets Cargo work on this checkout.
fn cargo(args: &[&str]) {
    let status = Command::new(env!("CARGO")).args(args).current_dir(root()).status();
    assert!(status.expect("cargo runs").success(), "cargo {}", args.join(" "));
}

/// The crates of kgen are not in a registry here: `kgen new` is told where they are.
fn wrapper(kgen: &Path) -> String {
    let (kgen, root) = (kgen.display(), root().display());
    format!(
        "#!/bin/sh\nif [ \"$1\" = new ]; then exec '{kgen}' \"$@\" --kgen-path '{root}'; fi\nexec '{kgen}' \"$@\"\n"
    )
}
