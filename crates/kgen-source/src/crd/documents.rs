//! The definitions among the documents of a file. Lists are opened, and other kinds are left out with a note.

use kgen_model::Report;

use super::at::At;
use super::yaml::Node;

/// What definitions are called.
const KIND: &str = "CustomResourceDefinition";
const GROUP: &str = "apiextensions.k8s.io/";

/// The definitions that documents hold.
pub(super) fn definitions<'n, 't>(documents: &'n [Node<'t>], report: &mut Report) -> Vec<At<'n, 't>> {
    let mut found = Vec::new();
    for document in documents {
        of_document(At::document(document), &mut found, report);
    }
    found
}

fn of_document<'n, 't>(at: At<'n, 't>, found: &mut Vec<At<'n, 't>>, report: &mut Report) {
    let text = |name: &str| at.get(name).and_then(|at| at.node.text());
    let (api_version, kind) = (text("apiVersion"), text("kind"));
    match (api_version, kind) {
        (Some("apiextensions.k8s.io/v1"), Some(KIND)) => found.push(at),
        (Some(version), Some(KIND)) if version.starts_with(GROUP) => {
            let message = format!("this definition is of the version `{version}`, which servers do not offer any more");
            let help = "write it as `apiextensions.k8s.io/v1`: each of its `versions` has a `schema` of its own there, and `validation`, \
                        `subresources` and `additionalPrinterColumns` move into them";
            report.push(at.get("apiVersion").unwrap_or(at).error("old-crd", message).help(help));
        }
        (_, Some(kind)) if kind.ends_with("List") && at.get("items").is_some() => {
            let items = at
                .get("items")
                .and_then(|items| Some(items.elements()?.collect::<Vec<_>>()));
            items
                .into_iter()
                .flatten()
                .for_each(|item| of_document(item, found, report));
        }
        (Some(_), Some(kind)) => {
            let message = format!("this is a `{kind}` and no definition: it is left out");
            let kind = at.get("kind").unwrap_or(at);
            report.push(
                kind.warning("no-crd", message)
                    .help("keep definitions in files of their own"),
            );
        }
        _ => {
            let message = "this is no object of Kubernetes: `apiVersion` or `kind` is missing";
            let help = format!("a definition begins with `apiVersion: {GROUP}v1` and `kind: {KIND}`");
            report.push(at.error("bad-crd", message).help(help));
        }
    }
}
