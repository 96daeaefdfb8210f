//! One document for each group and each version: `APIGroupList`, `APIGroup`, `APIResourceList`, `APIVersions`.

use kgen::scheme::Text;
use serde::Serialize;

use super::catalog::{Entry, Group, SUBRESOURCE_VERBS, Version, api_version, words};

/// What stands at the top of every document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    kind: &'static str,
    api_version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApiVersions<'a> {
    kind: &'static str,
    versions: Vec<&'a str>,
    #[serde(rename = "serverAddressByClientCIDRs")]
    addresses: Vec<Address<'a>>,
}

#[derive(Serialize)]
pub(super) struct ApiGroupList<'a> {
    #[serde(flatten)]
    head: Head,
    groups: Vec<ApiGroup<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApiGroup<'a> {
    #[serde(flatten)]
    head: Option<Head>,
    name: &'a str,
    versions: Vec<GroupVersion<'a>>,
    preferred_version: Option<GroupVersion<'a>>,
    #[serde(rename = "serverAddressByClientCIDRs", skip_serializing_if = "Vec::is_empty")]
    addresses: Vec<Address<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroupVersion<'a> {
    group_version: String,
    version: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Address<'a> {
    #[serde(rename = "clientCIDR")]
    client_cidr: &'static str,
    server_address: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApiResourceList<'a> {
    #[serde(flatten)]
    head: Head,
    group_version: String,
    resources: Vec<ApiResource<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ApiResource<'a> {
    name: String,
    singular_name: &'a str,
    namespaced: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    group: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'static str,
    kind: &'a str,
    verbs: Vec<&'static str>,
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    short_names: &'a [Text],
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    categories: &'a [Text],
    #[serde(skip_serializing_if = "str::is_empty")]
    storage_version_hash: &'a str,
}

/// `/api`, where some clients begin; there is nothing to be found without a core group.
pub(super) fn core<'a>(groups: &[&'a Group], address: Option<&'a str>) -> ApiVersions<'a> {
    let versions = groups.iter().flat_map(|group| &group.versions);
    ApiVersions {
        kind: "APIVersions",
        versions: versions.map(|version| version.name.as_str()).collect(),
        addresses: addresses(address),
    }
}

/// `/apis`
pub(super) fn groups<'a>(groups: &[&'a Group], address: Option<&'a str>) -> ApiGroupList<'a> {
    let listed = groups.iter().map(|listed| ApiGroup {
        head: None,
        addresses: addresses(address),
        ..group(listed)
    });
    ApiGroupList {
        head: head("APIGroupList"),
        groups: listed.collect(),
    }
}

/// `/apis/<group>`
pub(super) fn group(group: &Group) -> ApiGroup<'_> {
    let name = |version| group_version(group, version);
    ApiGroup {
        head: Some(head("APIGroup")),
        name: &group.name,
        versions: group.versions.iter().map(name).collect(),
        preferred_version: group.versions.first().map(name),
        addresses: Vec::new(),
    }
}

/// `/apis/<group>/<version>`
pub(super) fn version<'a>(group: &str, version: &'a Version) -> ApiResourceList<'a> {
    let mut resources: Vec<ApiResource<'_>> = version.resources.iter().flat_map(with_subresources).collect();
    resources.sort_by(|a, b| a.name.cmp(&b.name));
    ApiResourceList {
        head: head("APIResourceList"),
        group_version: api_version(group, &version.name),
        resources,
    }
}

/// The resource itself, and what lies beneath its objects.
fn with_subresources(entry: &Entry) -> Vec<ApiResource<'_>> {
    let kind = &entry.kind;
    let resource = ApiResource {
        name: kind.plural.to_string(),
        singular_name: &kind.singular,
        namespaced: kind.namespaced,
        group: "",
        version: "",
        kind: &kind.gvk.kind,
        verbs: words(&kind.verbs),
        short_names: &kind.short_names,
        categories: &kind.categories,
        storage_version_hash: &entry.storage_version_hash,
    };
    let beneath = |name: &str| ApiResource {
        name: format!("{}/{name}", kind.plural),
        singular_name: "",
        namespaced: kind.namespaced,
        group: "",
        version: "",
        kind: &kind.gvk.kind,
        verbs: words(SUBRESOURCE_VERBS),
        short_names: &[],
        categories: &[],
        storage_version_hash: "",
    };
    let scale = kind.subresources.scale.as_ref().map(|_| ApiResource {
        group: "autoscaling",
        version: "v1",
        kind: "Scale",
        ..beneath("scale")
    });
    let status = kind.subresources.status.then(|| beneath("status"));
    [Some(resource), scale, status].into_iter().flatten().collect()
}

fn group_version<'a>(group: &Group, version: &'a Version) -> GroupVersion<'a> {
    GroupVersion {
        group_version: group.api_version(version),
        version: &version.name,
    }
}

fn addresses(address: Option<&str>) -> Vec<Address<'_>> {
    let address = address.map(|server_address| Address {
        client_cidr: "0.0.0.0/0",
        server_address,
    });
    address.into_iter().collect()
}

fn head(kind: &'static str) -> Head {
    Head {
        kind,
        api_version: "v1",
    }
}
