//! A transcript of a shell, which is played again and compared.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use kgen_e2e::Program;
use kgen_e2e::kubectl::Output;

/// Plays a transcript in `folder`; all complaints together are the error.
pub(crate) fn run(text: &str, namespace: &str, folder: &Path, kubeconfig: &Path) -> Result<(), String> {
    install(namespace, folder, kubeconfig)?;
    let mut complaints = Vec::new();
    for block in text.split("\n\n").map(str::trim_end).filter(|block| !block.is_empty()) {
        if let Some(file) = block.strip_prefix("<<< ") {
            let (name, content) = file.split_once('\n').unwrap_or((file, ""));
            fs::write(folder.join(name), format!("{content}\n")).map_err(|error| error.to_string())?;
        } else if let Some(rest) = block.strip_prefix("$ ") {
            let (command, wanted) = rest.split_once('\n').unwrap_or((rest, ""));
            complaints.extend(play(command, wanted, folder)?);
        } else if !block.starts_with('#') {
            return Err(format!("neither a file nor a command: {block}"));
        }
    }
    if complaints.is_empty() {
        Ok(())
    } else {
        Err(complaints.join("\n\n"))
    }
}

/// Makes `kubectl` mean kubectl with this kubeconfig, namespace and a cache of its own.
fn install(namespace: &str, folder: &Path, kubeconfig: &Path) -> Result<(), String> {
    let program = Program::Kubectl.find().ok_or("there is no kubectl")?;
    let script = format!(
        "#!/bin/sh\nexec '{}' --kubeconfig '{}' --cache-dir '{}' --namespace {namespace} \"$@\"\n",
        program.display(),
        kubeconfig.display(),
        folder.join("cache").display(),
    );
    let path = folder.join("bin");
    fs::create_dir(&path).map_err(|error| error.to_string())?;
    let path = path.join("kubectl");
    fs::write(&path, script).map_err(|error| error.to_string())?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())
}

fn play(command: &str, wanted: &str, folder: &Path) -> Result<Option<String>, String> {
    let mut shell = Command::new("sh");
    let paths = env::var_os("PATH").unwrap_or_default();
    let paths = [folder.join("bin")].into_iter().chain(env::split_paths(&paths));
    shell
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", env::join_paths(paths).map_err(|error| error.to_string())?);
    let output = Output::of(shell)?;
    let (fails, wanted) = match wanted.strip_prefix("! ") {
        Some(rest) => (true, rest),
        None => (false, wanted),
    };
    let printed = format!("{}{}", output.stdout, output.stderr);
    let mut rest = printed.as_str();
    let absent = wanted.lines().find(|piece| match rest.find(*piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            false
        }
        None => true,
    });
    if absent.is_none() && output.success != fails {
        return Ok(None);
    }
    let reason = match absent {
        Some(piece) => format!("{piece:?} is not printed (or not in this place)"),
        None if fails => "it should fail".to_owned(),
        None => "it fails".to_owned(),
    };
    Ok(Some(format!("$ {command}\n{reason}:\n{printed}")))
}
