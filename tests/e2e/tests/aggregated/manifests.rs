//! What `kgen manifests` wrote is what a cluster takes, and the rights in it are enough: the server of all these cases runs
//! with the account that is made there.

use std::path::PathBuf;
use std::time::Duration;

use kgen_e2e::Kubectl;
use kgen_e2e::suite::{eventually, expect};

use crate::Shared;

const ACCOUNT: &str = "--as=system:serviceaccount:wardle:wardle-server";

/// Where the manifests of an example lie.
fn folder(example: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/{example}/manifests"))
}

/// Applies the manifests of the sample API: strictly, and again without any change.
pub(crate) fn apply(kubectl: &Kubectl) -> Result<(), String> {
    let folder = folder("wardle").display().to_string();
    let strictly = ["apply", "--validate=strict", "-f", &folder];
    let made = kubectl.run(&strictly)?;
    all(&made, " created")?;
    let again = kubectl.run(&[&strictly[..], &["--dry-run=server"]].concat())?;
    all(&again, " unchanged (server dry run)")
}

/// Those of an API with several groups, whose server does not run here.
pub(crate) fn those_of_other_examples_are_accepted(shared: &Shared) -> Result<(), String> {
    shared.namespace("gateway")?;
    let folder = folder("gateway").display().to_string();
    let dry = ["apply", "--validate=strict", "--dry-run=server", "-f", &folder];
    let made = shared.kubectl.run(&dry)?;
    all(&made, " (server dry run)")?;
    expect(
        &made,
        &[
            "deployment.apps/",
            "networkpolicy.networking.k8s.io/",
            "apiservice.apiregistration.k8s.io/",
        ],
    )
}

/// Complains about lines that end otherwise.
fn all(printed: &str, end: &str) -> Result<(), String> {
    match printed.lines().find(|line| !line.ends_with(end)) {
        None if printed.is_empty() => Err("nothing was applied".to_owned()),
        None => Ok(()),
        Some(line) => Err(format!("{line:?} should end with {end:?}")),
    }
}

pub(crate) fn the_account_has_the_rights_that_it_needs(shared: &Shared) -> Result<(), String> {
    let can = |verb: &str, resource: &str, wanted: &str| {
        let question = ["auth", "can-i", verb, resource, "--namespace=kube-system", ACCOUNT];
        let output = shared.kubectl.output(&question)?;
        match output.stdout.trim() {
            answer if answer == wanted => Ok(()),
            answer => Err(format!("{verb} {resource}: {answer}{}", output.stderr)),
        }
    };
    can("create", "tokenreviews.authentication.k8s.io", "yes")?;
    can("create", "subjectaccessreviews.authorization.k8s.io", "yes")?;
    can("watch", "configmaps/extension-apiserver-authentication", "yes")?;
    can("watch", "namespaces", "yes")?;
    can("get", "configmaps/another", "no")?;
    can("list", "secrets", "no")?;
    can("delete", "namespaces", "no")?;
    can("list", "flunders.wardle.example.com", "no")
}

/// Who may view a namespace may view what the server keeps in it.
pub(crate) fn usual_roles_are_for_these_kinds_too(shared: &Shared) -> Result<(), String> {
    shared.namespace("viewed")?;
    for role in ["view", "edit"] {
        let (name, role, user) = (
            format!("{role}s"),
            format!("--clusterrole={role}"),
            format!("--user={role}er"),
        );
        let bind = ["-n", "viewed", "create", "rolebinding", &name, &role, &user];
        shared.kubectl.run(&bind)?;
    }
    let path = shared.write(
        "viewed.yaml",
        "apiVersion: wardle.example.com/v1beta1\nkind: Flunder\nmetadata: {name: a, namespace: viewed}\n",
    )?;
    // The rules of the usual roles are put together in the background.
    eventually(Duration::from_secs(30), || {
        shared.kubectl.run(&["create", "-f", &path, "--as=editer"]).map(drop)
    })?;
    shared
        .kubectl
        .run(&["-n", "viewed", "get", "flunder", "a", "--as=viewer"])?;
    let complaint = shared
        .kubectl
        .fail(&["-n", "viewed", "delete", "flunder", "a", "--as=viewer"])?;
    expect(
        &complaint,
        &["Forbidden", "User \"viewer\" cannot delete resource \"flunders\""],
    )
}

/// The server complains in its log about what it may not read.
pub(crate) fn nothing_is_refused_to_the_server(shared: &Shared) -> Result<(), String> {
    let log = shared.server.process.log();
    let complaint = log
        .lines()
        .find(|line| line.contains("wardle:wardle-server") && line.contains("forbidden"));
    complaint.map_or(Ok(()), |line| Err(line.to_owned()))
}
