//! Decides what is deployed.

use std::collections::{BTreeMap, BTreeSet};

use kgen_emit::{Deployment, Layout};
use kgen_model::Model;
use serde_json::{Map, Value, json};

use crate::register;

/// The port that the server listens on in its pod: one that needs no privilege.
pub(super) const PORT: u16 = 8443;

/// What is deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How it is called, and where it runs.
    pub deployment: Deployment,
    /// Groups with their served versions, those that clients should prefer first.
    pub groups: Vec<(String, Vec<String>)>,
    /// Groups with the resources that users may be let at.
    pub resources: BTreeMap<String, BTreeSet<String>>,
}

/// What is deployed; none if no kind is served. The core group cannot be served by others than the main API server.
#[must_use]
pub fn plan(model: &Model, layout: &Layout) -> Option<Plan> {
    let served = register::served(model).filter(|resource| !model.version(resource.version).group.is_empty());
    let (mut groups, mut resources) = (BTreeMap::<String, BTreeSet<String>>::new(), BTreeMap::new());
    for resource in served {
        let version = model.version(resource.version);
        groups
            .entry(version.group.clone())
            .or_default()
            .insert(version.version.clone());
        let known: &mut BTreeSet<String> = resources.entry(version.group.clone()).or_default();
        known.insert(resource.plural.clone());
        known.extend(
            resource
                .subresources
                .status
                .then(|| format!("{}/status", resource.plural)),
        );
        known.extend(
            resource
                .subresources
                .scale
                .as_ref()
                .map(|_| format!("{}/scale", resource.plural)),
        );
    }
    let sorted = groups.into_iter().map(|(group, versions)| {
        let mut versions: Vec<String> = versions.into_iter().collect();
        versions.sort_by(|a, b| kgen_model::names::compare_versions(b, a));
        (group, versions)
    });
    let groups: Vec<_> = sorted.collect();
    (!groups.is_empty()).then(|| Plan {
        deployment: layout.deployment.clone(),
        groups,
        resources,
    })
}

impl Plan {
    /// The beginning of a document about something in the server's namespace.
    pub(super) fn head(&self, api_version: &str, kind: &str, name: &str) -> Map<String, Value> {
        let mut head = self.cluster_head(api_version, kind, name);
        head["metadata"]["namespace"] = json!(self.deployment.namespace);
        head
    }

    /// The beginning of a document about something in no namespace.
    pub(super) fn cluster_head(&self, api_version: &str, kind: &str, name: &str) -> Map<String, Value> {
        let head = json!({
            "apiVersion": api_version,
            "kind": kind,
            "metadata": {"name": name, "labels": self.labels()},
        });
        match head {
            Value::Object(head) => head,
            other => Map::from_iter([("metadata".to_owned(), other)]),
        }
    }

    /// By what everything of this server is known.
    pub(super) fn labels(&self) -> Value {
        json!({"app.kubernetes.io/name": self.deployment.name})
    }
}

/// A document with what stands beside its head.
pub(super) fn document(mut head: Map<String, Value>, rest: Value) -> Value {
    if let Value::Object(rest) = rest {
        head.extend(rest);
    }
    Value::Object(head)
}
