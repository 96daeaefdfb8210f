//! kubectl, with a cache of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::programs::Program;

/// kubectl as the user of one kubeconfig.
#[derive(Clone)]
pub struct Kubectl {
    program: PathBuf,
    kubeconfig: PathBuf,
    folder: PathBuf,
}

/// What a run of it gave.
#[derive(Clone, Debug)]
pub struct Output {
    /// Whether it ended with code 0.
    pub success: bool,
    /// What it printed.
    pub stdout: String,
    /// What it complained about.
    pub stderr: String,
}

impl Kubectl {
    /// kubectl in `folder`, where its cache will lie and relative names of files are looked for.
    pub fn new(kubeconfig: &Path, folder: &Path) -> Result<Self, String> {
        Ok(Self {
            program: Program::Kubectl.find().ok_or("there is no kubectl")?,
            kubeconfig: kubeconfig.to_owned(),
            folder: folder.to_owned(),
        })
    }

    /// A command, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--kubeconfig")
            .arg(&self.kubeconfig)
            .arg("--cache-dir")
            .arg(self.folder.join("kubectl-cache"))
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        command
    }

    /// Runs it to its end.
    pub fn output(&self, arguments: &[&str]) -> Result<Output, String> {
        Output::of(self.command(arguments))
    }

    /// Runs it and wants it to succeed; gives what it printed.
    pub fn run(&self, arguments: &[&str]) -> Result<String, String> {
        let output = self.output(arguments)?;
        if output.success {
            return Ok(output.stdout);
        }
        Err(format!(
            "kubectl {}: {}{}",
            arguments.join(" "),
            output.stdout,
            output.stderr
        ))
    }

    /// Runs it and wants it to fail; gives what it complained about.
    pub fn fail(&self, arguments: &[&str]) -> Result<String, String> {
        let output = self.output(arguments)?;
        if output.success {
            return Err(format!(
                "kubectl {} should fail: {}",
                arguments.join(" "),
                output.stdout
            ));
        }
        Ok(output.stderr)
    }
}

impl Output {
    /// Runs a command to its end.
    pub fn of(mut command: Command) -> Result<Self, String> {
        let output = command.output().map_err(|error| error.to_string())?;
        Ok(Self {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }
}
