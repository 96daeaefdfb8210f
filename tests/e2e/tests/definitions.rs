//! A real kube-apiserver accepts the custom resource definitions of all examples and serves them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use kgen_e2e::programs::missing;
use kgen_e2e::suite::{eventually, expect};
use kgen_e2e::{Cluster, Kubectl, Program, Suite, cases};
use tempfile::TempDir;

struct Shared {
    kubectl: Kubectl,
    _cluster: Cluster,
    folder: TempDir,
}

fn main() -> ExitCode {
    let programs = [Program::Etcd, Program::KubeApiserver, Program::Kubectl];
    Suite {
        start,
        missing: missing(&programs, "The cases on custom resource definitions"),
        cases: cases![wardle, gateway, fleet],
    }
    .run()
}

fn start() -> Result<Shared, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let cluster = Cluster::start(folder.path())?;
    Ok(Shared {
        kubectl: Kubectl::new(&cluster.kubeconfig, folder.path())?,
        _cluster: cluster,
        folder,
    })
}

fn wardle(shared: &Shared) -> Result<(), String> {
    established(shared, "wardle")?;
    let manifest =
        "apiVersion: wardle.example.com/v1alpha1\nkind: Flunder\nmetadata: {name: a}\nspec: {reference: b}\n";
    create(shared, "flunder.yaml", manifest)?;
    let yaml = eventually(Duration::from_secs(20), || {
        shared
            .kubectl
            .run(&["get", "flunders.v1alpha1.wardle.example.com", "a", "-o", "yaml"])
    })?;
    expect(&yaml, &["reference: b"])
}

fn gateway(shared: &Shared) -> Result<(), String> {
    established(shared, "gateway")
}

fn fleet(shared: &Shared) -> Result<(), String> {
    established(shared, "fleet")
}

/// Applies all definitions of an example and waits until they are served.
fn established(shared: &Shared, example: &str) -> Result<(), String> {
    let folder = crds(example);
    let files = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if files.count() == 0 {
        return Err(format!("no definitions in {}", folder.display()));
    }
    let folder = folder.display().to_string();
    shared.kubectl.run(&["apply", "--server-side", "-f", &folder])?;
    for condition in ["established", "NamesAccepted"] {
        let wanted = format!("condition={condition}");
        shared
            .kubectl
            .run(&["wait", "--for", &wanted, "--timeout=60s", "-f", &folder])?;
    }
    // What is not structural, or promises what it does not keep, is accepted with a condition or a warning.
    let format =
        "jsonpath={range .items[*]}{range .status.conditions[*]}{.type}={.status} {.message}{\"\\n\"}{end}{end}";
    let conditions = shared.kubectl.run(&["get", "crds", "-o", format])?;
    if conditions.contains("NonStructuralSchema=True") {
        return Err(conditions);
    }
    Ok(())
}

fn create(shared: &Shared, file: &str, manifest: &str) -> Result<(), String> {
    let path = shared.folder.path().join(file);
    std::fs::write(&path, manifest).map_err(|error| error.to_string())?;
    eventually(Duration::from_secs(20), || {
        shared
            .kubectl
            .run(&["apply", "-f", &path.display().to_string()])
            .map(drop)
    })
}

fn crds(example: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../examples")
        .join(example)
        .join("crds")
}
