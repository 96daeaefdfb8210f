//! What kube-controller-manager does to objects of the server: it empties namespaces and collects garbage.

use std::time::Duration;

use kgen_e2e::suite::{eventually, expect};

use crate::Shared;

pub(crate) fn a_deleted_namespace_is_emptied(shared: &Shared) -> Result<(), String> {
    shared.namespace("emptied")?;
    for name in ["a", "b", "c"] {
        shared.apply(&format!("emptied-{name}.yaml"), &flunder("emptied", name, ""))?;
    }
    shared
        .kubectl
        .run(&["delete", "namespace", "emptied", "--wait=false"])?;
    shared.gone(&["get", "namespace", "emptied"])?;
    let left = shared.kubectl.run(&["get", "flunders", "-A"])?;
    if left.contains("emptied") { Err(left) } else { Ok(()) }
}

pub(crate) fn nothing_is_made_in_a_namespace_that_ends(shared: &Shared) -> Result<(), String> {
    shared.namespace("ending")?;
    let held = "finalizers: [example.com/held]";
    shared.apply("ending-held.yaml", &flunder("ending", "held", held))?;
    shared.kubectl.run(&["delete", "namespace", "ending", "--wait=false"])?;
    let path = shared.write("ending-late.yaml", &flunder("ending", "late", ""))?;
    // The server learns of it by a watch.
    let complaint = eventually(Duration::from_secs(20), || {
        let output = shared.kubectl.output(&["create", "--dry-run=server", "-f", &path])?;
        if output.success {
            Err(output.stdout)
        } else {
            Ok(output.stderr)
        }
    })?;
    let wanted = "unable to create new content in namespace ending because it is being terminated";
    expect(&complaint, &["Forbidden", wanted])?;
    let release = r#"{"metadata":{"finalizers":null}}"#;
    shared.kubectl.run(&[
        "-n",
        "ending",
        "patch",
        "flunder",
        "held",
        "--type=merge",
        "-p",
        release,
    ])?;
    shared.gone(&["get", "namespace", "ending"])
}

pub(crate) fn nothing_is_made_in_a_namespace_that_is_not(shared: &Shared) -> Result<(), String> {
    let path = shared.write("nowhere.yaml", &flunder("nowhere", "a", ""))?;
    let complaint = shared.kubectl.fail(&["create", "-f", &path])?;
    expect(&complaint, &["NotFound", "namespaces \"nowhere\" not found"])
}

pub(crate) fn dependents_go_with_their_owner(shared: &Shared) -> Result<(), String> {
    shared.namespace("background")?;
    family(shared, "background", false)?;
    shared
        .kubectl
        .run(&["-n", "background", "delete", "flunder", "owner"])?;
    shared.gone(&["-n", "background", "get", "flunder", "child"])?;
    shared.gone(&["-n", "background", "get", "configmap", "child"])?;
    // A built-in object as the owner of one of ours.
    shared
        .kubectl
        .run(&["-n", "background", "create", "configmap", "owner"])?;
    let uid = uid(shared, "background", "configmap")?;
    let owner = format!("ownerReferences: [{{apiVersion: v1, kind: ConfigMap, name: owner, uid: {uid}}}]");
    shared.apply("background-other.yaml", &flunder("background", "other", &owner))?;
    shared
        .kubectl
        .run(&["-n", "background", "delete", "configmap", "owner"])?;
    shared.gone(&["-n", "background", "get", "flunder", "other"])
}

pub(crate) fn dependents_go_before_their_owner_in_the_foreground(shared: &Shared) -> Result<(), String> {
    shared.namespace("foreground")?;
    family(shared, "foreground", true)?;
    let delete = [
        "-n",
        "foreground",
        "delete",
        "flunder",
        "owner",
        "--cascade=foreground",
        "--wait=false",
    ];
    shared.kubectl.run(&delete)?;
    shared.gone(&["-n", "foreground", "get", "flunder", "owner"])?;
    // At that time they have to be gone.
    let complaint = shared.kubectl.fail(&["-n", "foreground", "get", "flunder", "child"])?;
    expect(&complaint, &["NotFound"])?;
    let complaint = shared
        .kubectl
        .fail(&["-n", "foreground", "get", "configmap", "child"])?;
    expect(&complaint, &["NotFound"])
}

pub(crate) fn orphans_stay(shared: &Shared) -> Result<(), String> {
    shared.namespace("orphaned")?;
    family(shared, "orphaned", false)?;
    shared.kubectl.run(&[
        "-n",
        "orphaned",
        "delete",
        "flunder",
        "owner",
        "--cascade=orphan",
        "--wait=false",
    ])?;
    shared.gone(&["-n", "orphaned", "get", "flunder", "owner"])?;
    for kind in ["flunder", "configmap"] {
        let owners = ["-o", "jsonpath={.metadata.ownerReferences}"];
        let get = ["-n", "orphaned", "get", kind, "child"];
        let owners = shared.kubectl.run(&[&get[..], &owners].concat())?;
        if !owners.is_empty() {
            return Err(format!("the {kind} is still owned: {owners}"));
        }
    }
    Ok(())
}

/// A flunder that owns a flunder and a config map.
fn family(shared: &Shared, namespace: &str, blocks: bool) -> Result<(), String> {
    shared.apply(&format!("{namespace}-owner.yaml"), &flunder(namespace, "owner", ""))?;
    let uid = uid(shared, namespace, "flunder")?;
    let owner = format!(
        "ownerReferences: [{{apiVersion: wardle.example.com/v1beta1, kind: Flunder, name: owner, uid: {uid}, \
         blockOwnerDeletion: {blocks}}}]"
    );
    shared.apply(&format!("{namespace}-child.yaml"), &flunder(namespace, "child", &owner))?;
    let map =
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: child\n  namespace: {namespace}\n  {owner}\n");
    shared.apply(&format!("{namespace}-map.yaml"), &map)?;
    // The collector has to know of the new kind before it can tell who depends on whom.
    std::thread::sleep(Duration::from_secs(2));
    Ok(())
}

fn uid(shared: &Shared, namespace: &str, kind: &str) -> Result<String, String> {
    shared
        .kubectl
        .run(&["-n", namespace, "get", kind, "owner", "-o", "jsonpath={.metadata.uid}"])
}

fn flunder(namespace: &str, name: &str, more: &str) -> String {
    format!(
        "apiVersion: wardle.example.com/v1beta1\nkind: Flunder\nmetadata:\n  name: {name}\n  namespace: {namespace}\n  {more}\n"
    )
}
