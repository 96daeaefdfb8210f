//! One document for all: `APIGroupDiscoveryList` of `apidiscovery.k8s.io/v2`.

use kgen::scheme::Text;
use serde::Serialize;

use super::catalog::{Entry, Group, SUBRESOURCE_VERBS, Version, words};

/// What clients compare to tell this document from the older ones.
pub(super) const CONTENT_TYPE: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupDiscoveryList<'a> {
    kind: &'static str,
    api_version: &'static str,
    metadata: Nothing,
    items: Vec<GroupDiscovery<'a>>,
}

#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
struct GroupDiscovery<'a> {
    metadata: Named<'a>,
    versions: Vec<VersionDiscovery<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct VersionDiscovery<'a> {
    version: &'a str,
    resources: Vec<ResourceDiscovery<'a>>,
    freshness: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResourceDiscovery<'a> {
    resource: &'a str,
    response_kind: Kind<'a>,
    scope: &'static str,
    singular_resource: &'a str,
    verbs: Vec<&'static str>,
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    short_names: &'a [Text],
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    categories: &'a [Text],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subresources: Vec<SubresourceDiscovery<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SubresourceDiscovery<'a> {
    subresource: &'static str,
    response_kind: Kind<'a>,
    verbs: Vec<&'static str>,
}

#[derive(Serialize)]
struct Kind<'a> {
    group: &'a str,
    version: &'a str,
    kind: &'a str,
}

pub(super) fn list<'a>(groups: &[&'a Group]) -> GroupDiscoveryList<'a> {
    GroupDiscoveryList {
        kind: "APIGroupDiscoveryList",
        api_version: "apidiscovery.k8s.io/v2",
        metadata: Nothing {},
        items: groups.iter().map(|group| self::group(group)).collect(),
    }
}

fn group(group: &Group) -> GroupDiscovery<'_> {
    GroupDiscovery {
        metadata: Named { name: &group.name },
        versions: group.versions.iter().map(version).collect(),
    }
}

fn version(version: &Version) -> VersionDiscovery<'_> {
    VersionDiscovery {
        version: &version.name,
        resources: version.resources.iter().map(resource).collect(),
        freshness: "Current",
    }
}

fn resource(entry: &Entry) -> ResourceDiscovery<'_> {
    let kind = &entry.kind;
    let own = || Kind {
        group: &kind.gvk.group,
        version: &kind.gvk.version,
        kind: &kind.gvk.kind,
    };
    let beneath = |subresource, response_kind| SubresourceDiscovery {
        subresource,
        response_kind,
        verbs: words(SUBRESOURCE_VERBS),
    };
    let scale = Kind {
        group: "autoscaling",
        version: "v1",
        kind: "Scale",
    };
    let scale = kind.subresources.scale.is_some().then(|| beneath("scale", scale));
    let status = kind.subresources.status.then(|| beneath("status", own()));
    ResourceDiscovery {
        resource: &kind.plural,
        response_kind: own(),
        scope: if kind.namespaced { "Namespaced" } else { "Cluster" },
        singular_resource: &kind.singular,
        verbs: words(&kind.verbs),
        short_names: &kind.short_names,
        categories: &kind.categories,
        subresources: [scale, status].into_iter().flatten().collect(),
    }
}
