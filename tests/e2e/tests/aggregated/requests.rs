//! Requests go through the aggregator and come back as the server answered them.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use kgen_e2e::suite::expect;

use crate::Shared;

pub(crate) fn objects_are_made_changed_and_deleted(shared: &Shared) -> Result<(), String> {
    shared.namespace("through")?;
    let kubectl = |arguments: &[&str]| shared.kubectl.run(&[&["-n", "through"], arguments].concat());
    let manifest = "apiVersion: wardle.example.com/v1beta1\nkind: Flunder\nmetadata: {name: a, namespace: through}\n\
                    spec: {flunderReference: b, referenceType: Flunder}\n";
    shared.apply("through.yaml", manifest)?;
    expect(&kubectl(&["get", "flunders"])?, &["NAME", "CREATED AT", "a"])?;
    expect(
        &kubectl(&["get", "flunders.v1alpha1.wardle.example.com", "a", "-o", "yaml"])?,
        &["reference: b", "apiVersion: wardle.example.com/v1alpha1"],
    )?;
    kubectl(&["label", "flunder", "a", "colour=red"])?;
    kubectl(&["annotate", "flunder", "a", "note=x"])?;
    let patch = r#"{"spec":{"flunderReference":"c"}}"#;
    kubectl(&["patch", "flunder", "a", "--type=merge", "-p", patch])?;
    let wanted = ["flunderReference: c", "colour: red", "note: x"];
    expect(&kubectl(&["get", "flunder", "a", "-o", "yaml"])?, &wanted)?;
    expect(
        &kubectl(&["describe", "flunder", "a"])?,
        &["Flunder Reference:  c", "colour=red"],
    )?;
    kubectl(&[
        "wait",
        "flunder/a",
        "--for=jsonpath={.spec.flunderReference}=c",
        "--timeout=20s",
    ])?;
    expect(
        &kubectl(&["delete", "flunder", "a"])?,
        &["flunder.wardle.example.com \"a\" deleted"],
    )?;
    let complaint = shared.kubectl.fail(&["-n", "through", "get", "flunder", "a"])?;
    expect(&complaint, &["NotFound", "flunders.wardle.example.com \"a\" not found"])
}

pub(crate) fn watches_go_through(shared: &Shared) -> Result<(), String> {
    shared.namespace("watched")?;
    let mut watch = shared
        .kubectl
        .command(&["-n", "watched", "get", "flunders", "-w", "--output-watch-events"]);
    let watch = watch.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut watch = watch.map_err(|error| error.to_string())?;
    thread::sleep(Duration::from_secs(2));
    let manifest = "apiVersion: wardle.example.com/v1beta1\nkind: Flunder\nmetadata: {name: a, namespace: watched}\n";
    shared.apply("watched.yaml", manifest)?;
    shared
        .kubectl
        .run(&["-n", "watched", "label", "flunder", "a", "colour=red"])?;
    shared.kubectl.run(&["-n", "watched", "delete", "flunder", "a"])?;
    thread::sleep(Duration::from_secs(1));
    let _ = watch.kill();
    let output = watch.wait_with_output().map_err(|error| error.to_string())?;
    let seen = String::from_utf8_lossy(&output.stdout).into_owned();
    expect(&seen, &["ADDED", "MODIFIED", "DELETED"])
}

pub(crate) fn strict_validation_reaches_the_server(shared: &Shared) -> Result<(), String> {
    let manifest = "apiVersion: wardle.example.com/v1beta1\nkind: Flunder\nmetadata: {name: a, namespace: default}\n\
                    spec: {colour: red}\n";
    let path = shared.write("strict.yaml", manifest)?;
    let complaint = shared.kubectl.fail(&["create", "-f", &path])?;
    expect(&complaint, &["strict decoding error: unknown field \"spec.colour\""])
}

pub(crate) fn server_side_apply_goes_through(shared: &Shared) -> Result<(), String> {
    let manifest = |reference: &str| {
        format!(
            "apiVersion: wardle.example.com/v1beta1\nkind: Flunder\nmetadata: {{name: applied, namespace: default}}\n\
             spec: {{flunderReference: {reference}, referenceType: Flunder}}\n"
        )
    };
    let first = shared.write("applied-1.yaml", &manifest("a"))?;
    let second = shared.write("applied-2.yaml", &manifest("b"))?;
    shared
        .kubectl
        .run(&["apply", "--server-side", "--field-manager=one", "-f", &first])?;
    let complaint = shared
        .kubectl
        .fail(&["apply", "--server-side", "--field-manager=two", "-f", &second])?;
    expect(&complaint, &["conflict with \"one\"", ".spec.flunderReference"])
        .or_else(|_| expect(&complaint, &["conflict with \"one\"", ".spec.reference"]))?;
    let force = [
        "apply",
        "--server-side",
        "--force-conflicts",
        "--field-manager=two",
        "-f",
    ];
    expect(
        &shared.kubectl.run(&[&force[..], &[&second]].concat())?,
        &["serverside-applied"],
    )
}

pub(crate) fn deprecated_versions_warn(shared: &Shared) -> Result<(), String> {
    let output = shared
        .kubectl
        .output(&["get", "flunders.v1alpha1.wardle.example.com", "-A"])?;
    let wanted = "Warning: wardle.example.com/v1alpha1 Flunder is deprecated in v1.3+, unavailable in v1.10+";
    expect(&output.stderr, &[wanted])
}
