//! Which definitions there are, and what each says.

use std::collections::BTreeMap;

use kgen_model::model::{Column, ConversionWebhook, Deprecation, Scale, Scope};
use kgen_model::{Model, Resource, Span};

use super::{NAME, root};
use crate::schema::Schema;

/// One custom resource definition: a kind with all of its versions.
#[derive(Clone, Debug, PartialEq)]
pub struct CrdPlan<'m> {
    /// `<plural>.<group>`
    pub name: String,
    /// The group.
    pub group: &'m str,
    /// What the kind is called.
    pub names: Names<'m>,
    /// Whether objects live in namespaces.
    pub scope: Scope,
    /// Annotations of the definition.
    pub annotations: BTreeMap<&'m str, &'m str>,
    /// Labels of the definition.
    pub labels: BTreeMap<&'m str, &'m str>,
    /// Who converts objects between versions, if servers ask a webhook.
    pub webhook: Option<&'m ConversionWebhook>,
    /// The versions in the order of their names, as controller-gen writes them.
    pub versions: Vec<VersionPlan<'m>>,
    /// Whether kube-derive makes the storage version, and gives the definition to Rust code.
    pub is_derived: bool,
    /// The module of the storage version.
    pub storage_module: &'m [String],
}

/// What a kind is called.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of Kubernetes")]
pub struct Names<'m> {
    pub kind: &'m str,
    pub list_kind: Option<&'m str>,
    pub plural: &'m str,
    pub singular: &'m str,
    pub short_names: Vec<&'m str>,
    pub categories: Vec<&'m str>,
}

/// One version of a definition.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionPlan<'m> {
    /// The version, such as `v1`.
    pub name: &'m str,
    /// Where it is declared, for headers.
    pub span: Span,
    /// Whether a server offers it.
    pub served: bool,
    /// Whether objects are stored in it.
    pub storage: bool,
    /// Set when it is deprecated.
    pub deprecation: Option<&'m Deprecation>,
    /// The schema of the whole object. kube-derive can be told to give none.
    pub schema: Option<Schema>,
    /// Whether there is `/status`.
    pub status: bool,
    /// What `/scale` reads and writes.
    pub scale: Option<&'m Scale>,
    /// Printer columns.
    pub columns: &'m [Column],
    /// Paths for field selectors.
    pub selectable: &'m [String],
}

/// All definitions, by group, then kind.
#[must_use]
pub fn plan(model: &Model) -> Vec<CrdPlan<'_>> {
    groups(model)
        .iter()
        .map(|resources| of_kind(model, resources))
        .collect()
}

/// The kinds that have a definition, with the versions that are in it, the storage version first.
pub(super) fn groups(model: &Model) -> Vec<Vec<&Resource>> {
    let mut kinds = BTreeMap::<(&str, &str), Vec<&Resource>>::new();
    for resource in model.resources.iter().filter(|resource| is_in_crd(model, resource)) {
        let group = model.version(resource.version).group.as_str();
        kinds.entry((group, &resource.kind)).or_default().push(resource);
    }
    let mut groups: Vec<_> = kinds.into_values().collect();
    for resources in &mut groups {
        resources.sort_by_key(|resource| (!resource.storage, &model.version(resource.version).version));
    }
    groups
}

/// Whether a version of a kind is in a definition. The body of a subresource is no kind of its own, and the core group
/// has no definitions.
fn is_in_crd(model: &Model, resource: &Resource) -> bool {
    let version = model.version(resource.version);
    let is_on = version.generate.get(NAME).copied().unwrap_or(true);
    is_on
        && !version.group.is_empty()
        && model.ty(resource.ty).generates(NAME)
        && resource.in_crd
        && resource.subresources.is.is_none()
}

/// The definition of a kind. `resources` are its versions, the storage version first; checks have seen that they agree.
pub(super) fn of_kind<'m>(model: &'m Model, resources: &[&'m Resource]) -> CrdPlan<'m> {
    let storage = resources[0];
    let (name, names) = names(model, resources);
    let mut versions: Vec<_> = resources.iter().map(|resource| version(model, resource)).collect();
    if let ([only], Some(Some(stored))) = (
        versions.as_mut_slice(),
        storage.kube_derive.as_ref().map(|derive| derive.storage),
    ) {
        only.storage = stored;
    }
    versions.sort_by_key(|version| version.name);
    CrdPlan {
        name,
        group: &model.version(storage.version).group,
        names,
        scope: storage.scope,
        annotations: merged(resources, |resource| &resource.annotations),
        labels: merged(resources, |resource| &resource.labels),
        webhook: resources.iter().find_map(|resource| resource.webhook.as_ref()),
        versions,
        is_derived: storage.kube_derive.is_some(),
        storage_module: &model.version(storage.version).module,
    }
}

/// The name of a definition, and those of its kind.
pub(super) fn names<'m>(model: &'m Model, resources: &[&'m Resource]) -> (String, Names<'m>) {
    let storage = resources[0];
    let names = Names {
        kind: &storage.kind,
        // Servers fill it in; kube-derive leaves it to them.
        list_kind: Some(storage.list_kind.as_str()).filter(|_| storage.kube_derive.is_none()),
        plural: &storage.plural,
        singular: &storage.singular,
        short_names: union(resources, |resource| &resource.short_names),
        categories: union(resources, |resource| &resource.categories),
    };
    (
        format!("{}.{}", storage.plural, model.version(storage.version).group),
        names,
    )
}

fn version<'m>(model: &'m Model, resource: &'m Resource) -> VersionPlan<'m> {
    let version = model.version(resource.version);
    VersionPlan {
        name: &version.version,
        span: version.span,
        served: resource.served && version.served,
        storage: resource.storage,
        deprecation: resource.deprecation.as_ref().or(version.deprecation.as_ref()),
        schema: root::schema(model, resource),
        status: resource.subresources.status,
        scale: resource.subresources.scale.as_ref(),
        columns: &resource.columns,
        selectable: &resource.selectable,
    }
}

/// What all versions say, each once, in the order of saying.
fn union<'m>(resources: &[&'m Resource], list: fn(&Resource) -> &Vec<String>) -> Vec<&'m str> {
    let mut all = Vec::new();
    for value in resources.iter().flat_map(|resource| list(resource)) {
        if !all.contains(&value.as_str()) {
            all.push(value.as_str());
        }
    }
    all
}

fn merged<'m>(
    resources: &[&'m Resource],
    map: fn(&Resource) -> &BTreeMap<String, String>,
) -> BTreeMap<&'m str, &'m str> {
    let pairs = resources.iter().rev().flat_map(|resource| map(resource));
    pairs.map(|(key, value)| (key.as_str(), value.as_str())).collect()
}
