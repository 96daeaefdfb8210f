//! Operators that others wrote: kopf's, for Python, which keeps what it knows in annotations, finalizers and the status.

use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kgen_e2e::kubectl::Output;
use kgen_e2e::suite::expect;
use kgen_e2e::{Program, Storage, WardleServer};

use crate::Shared;

const FLEET: [&str; 3] = [
    "v1.fleet.example.com",
    "v1beta1.fleet.example.com",
    "v1.telemetry.fleet.example.com",
];

pub(crate) fn kopf_cares_for_objects_without_a_status(shared: &Shared) -> Result<(), String> {
    operate(shared, "kopf-flunders", "flunders")
}

/// The kinds of the sample API have no status of their own: those of a second server have.
pub(crate) fn kopf_writes_the_status(shared: &Shared) -> Result<(), String> {
    let program = Path::new(env!("CARGO_BIN_EXE_fleet-server"));
    let (cluster, folder) = (&shared.cluster, shared.folder.path());
    let server = WardleServer::start_program_behind(
        program,
        "fleet-server",
        cluster,
        folder,
        &shared.account,
        Storage::Memory,
    )?;
    register(shared, server.port())?;
    let operated = operate(shared, "kopf-pools", "pools");
    // A group that nobody serves would keep namespaces from ending.
    let delete = ["delete", "apiservice"].into_iter().chain(FLEET);
    shared.kubectl.run(&delete.collect::<Vec<_>>())?;
    operated
}

fn register(shared: &Shared, port: u16) -> Result<(), String> {
    let bundle = STANDARD.encode(shared.cluster.pki.authority());
    let service = format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: fleet-server, namespace: wardle}}\n\
         spec: {{type: ExternalName, externalName: localhost, ports: [{{port: {port}}}]}}\n"
    );
    let versions = FLEET.map(|name| {
        let (version, group) = name.split_once('.').unwrap_or_default();
        format!(
            "---\napiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {{name: {name}}}\nspec:\n  \
             group: {group}\n  version: {version}\n  groupPriorityMinimum: 1000\n  versionPriority: 10\n  caBundle: {bundle}\n  \
             service: {{name: fleet-server, namespace: wardle, port: {port}}}\n"
        )
    });
    shared.apply("fleet.yaml", &(service + &versions.concat()))?;
    let names = FLEET.map(|name| format!("apiservice/{name}"));
    let wait = ["wait", "--for=condition=Available", "--timeout=60s"].into_iter();
    let wait: Vec<&str> = wait.chain(names.iter().map(String::as_str)).collect();
    shared.kubectl.run(&wait).map(drop)
}

fn operate(shared: &Shared, namespace: &str, plural: &str) -> Result<(), String> {
    shared.namespace(namespace)?;
    let mut command = Command::new(Program::Python.find().ok_or("there is no Python")?);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/aggregated/kopf_operator.py");
    command
        .arg(script)
        .arg(&shared.cluster.kubeconfig)
        .args([namespace, plural]);
    let output = Output::of(command)?;
    let printed = format!("{}{}", output.stdout, output.stderr);
    if output.success {
        expect(&printed, &["ok"])
    } else {
        Err(printed)
    }
}
