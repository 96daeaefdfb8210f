//! A temporary folder, and the command run in it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) struct Folder {
    folder: TempDir,
}

pub(crate) fn folder() -> Folder {
    Folder {
        folder: tempfile::tempdir().expect("a temporary folder"),
    }
}

impl Folder {
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn kgen(&self, args: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kgen"));
        command
            .current_dir(self.folder.path())
            .args(args)
            .env_remove("NO_COLOR")
            .env_remove("COLUMNS")
            .env_remove("CARGO_TARGET_DIR");
        let Output { status, stdout, stderr } = command.output().expect("kgen can be run");
        let text = |bytes| String::from_utf8(bytes).expect("kgen prints UTF-8");
        Run {
            code: status.code(),
            out: text(stdout),
            err: text(stderr),
        }
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(path, text))
            .expect("the folder can be written");
    }
}
