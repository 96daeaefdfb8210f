//! Decides what is said of each kind.

use std::collections::BTreeSet;

use kgen_model::analysis::{Capability, Defaulted, Validated};
use kgen_model::model::{Column, Deprecation, Field, FieldLayout, Lifecycle, Origin, Scale, Scope, Verb};
use kgen_model::{Model, Resource, Span, TypeId, TypeRef};

use super::NAME;

/// What one module registers.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'m> {
    /// The module.
    pub module: &'m [String],
    /// What the kinds are of, such as `shop.example.com/v1`.
    pub api_versions: Vec<String>,
    /// The kinds, in the order of declaration.
    pub kinds: Vec<KindPlan<'m>>,
}

/// What is said of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct KindPlan<'m> {
    /// The type.
    pub ty: TypeId,
    /// The name of the function that describes it.
    pub function: String,
    /// Where the type stands.
    pub span: Span,
    /// The resource, such as `orders`.
    pub plural: &'m str,
    /// One of it, such as `order`.
    pub singular: &'m str,
    /// Abbreviations.
    pub short_names: &'m [String],
    /// Groups of resources.
    pub categories: &'m [String],
    /// Whether objects live in namespaces.
    pub scope: Scope,
    /// Whether a server offers it.
    pub served: bool,
    /// Whether objects are stored in this version.
    pub storage: bool,
    /// What a server warns of.
    pub warning: Option<String>,
    /// What clients can do with objects, if that is not everything.
    pub verbs: Option<&'m [Verb]>,
    /// Whether the status is written apart.
    pub status: bool,
    /// How objects are scaled.
    pub scale: Option<ScalePlan<'m>>,
    /// Printer columns.
    pub columns: Vec<ColumnPlan<'m>>,
    /// Selectable fields.
    pub selectable: &'m [String],
    /// Whether there is something to default.
    pub defaulted: bool,
    /// Whether there is something to validate.
    pub validated: bool,
    /// Whether objects are stored in another version.
    pub converted: bool,
    /// The field of the status, if it is written apart from others in the stored version.
    pub status_field: Option<&'m str>,
    /// The fields whose changes are a new generation, in the stored version. None if they cannot be compared.
    pub wanted: Option<Vec<&'m str>>,
}

impl KindPlan<'_> {
    /// The fields that are named in what is rendered.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.status_field
            .into_iter()
            .chain(self.wanted.iter().flatten().copied())
    }
}

/// How objects are scaled.
pub type ScalePlan<'m> = &'m Scale;

/// A printer column.
pub type ColumnPlan<'m> = &'m Column;

/// What one module gets.
#[must_use]
pub fn plan<'m>(model: &'m Model, module: &'m [String]) -> Plan<'m> {
    let kinds: Vec<&Resource> = registered(model)
        .filter(|resource| model.ty(resource.ty).module == module)
        .collect();
    let mut api_versions: Vec<String> = kinds
        .iter()
        .map(|resource| model.version(resource.version).api_version())
        .collect();
    api_versions.sort();
    api_versions.dedup();
    let mut kinds: Vec<_> = kinds.into_iter().map(|resource| kind(model, resource)).collect();
    kinds.sort_by_key(|kind| kind.ty);
    name_functions(&mut kinds);
    Plan {
        module,
        api_versions,
        kinds,
    }
}

/// Gives every function a name of its own, which is not that of the one that calls them.
fn name_functions(kinds: &mut [KindPlan<'_>]) {
    let mut taken = BTreeSet::from([NAME.to_owned()]);
    for kind in kinds {
        while !taken.insert(kind.function.clone()) {
            kind.function.push('_');
        }
    }
}

/// The modules that register kinds.
pub(crate) fn modules(model: &Model) -> Vec<&[String]> {
    let has_kinds = |module: &&[String]| registered(model).any(|resource| model.ty(resource.ty).module == **module);
    model.modules().into_iter().filter(has_kinds).collect()
}

/// The kinds that stand for themselves: bodies of subresources do not. What kube-derive makes has no metadata of
/// k8s-openapi, without which nothing is an object here.
pub(super) fn kinds(model: &Model) -> impl Iterator<Item = &Resource> {
    model.resources.iter().filter(|resource| {
        let ty = model.ty(resource.ty);
        resource.subresources.is.is_none() && resource.kube_derive.is_none() && ty.generates(NAME)
    })
}

/// The kinds of the scheme that servers offer.
pub(crate) fn served(model: &Model) -> impl Iterator<Item = &Resource> {
    registered(model).filter(|resource| resource.served && model.version(resource.version).served)
}

/// Whether objects can be printed for debugging.
pub(super) fn is_printable(model: &Model, resource: &Resource) -> bool {
    model.ty(resource.ty).has_trait("Debug")
}

fn registered(model: &Model) -> impl Iterator<Item = &Resource> {
    kinds(model).filter(|resource| is_printable(model, resource))
}

fn kind<'m>(model: &'m Model, resource: &'m Resource) -> KindPlan<'m> {
    let (def, version) = (model.ty(resource.ty), model.version(resource.version));
    let ty = TypeRef::Named(resource.ty);
    KindPlan {
        ty: resource.ty,
        function: kgen_model::names::snake(&def.name),
        span: def.span,
        plural: &resource.plural,
        singular: &resource.singular,
        short_names: &resource.short_names,
        categories: &resource.categories,
        scope: resource.scope,
        served: resource.served && version.served,
        storage: resource.storage,
        warning: warning(model, resource),
        verbs: (!Verb::are_all(&resource.verbs)).then_some(&resource.verbs[..]),
        status: resource.subresources.status,
        scale: resource.subresources.scale.as_ref(),
        columns: resource.columns.iter().collect(),
        selectable: &resource.selectable,
        defaulted: model.once(Defaulted::of).has(&ty),
        validated: model.once(Validated::of).has(&ty),
        converted: !resource.storage && def.can(Capability::Conversion),
        status_field: status_field(model, resource),
        wanted: wanted(model, resource),
    }
}

/// The field of the status, if objects are stored as they are here and an empty status can be made.
fn status_field<'m>(model: &'m Model, resource: &Resource) -> Option<&'m str> {
    let fields = model.ty(resource.ty).fields().unwrap_or_default();
    let field = fields.iter().find(|field| is_member(field, "status"))?;
    let (ty, has_empty) = match &field.ty {
        TypeRef::Option(inner) => (&**inner, true),
        ty => (ty, false),
    };
    let TypeRef::Named(ty) = ty else { return None };
    let ty = model.ty(*ty);
    let is_copied = ty.origin == Origin::Source && ty.generates("deepcopy");
    let has_empty = has_empty || ty.has_trait("Default");
    (resource.storage && resource.subresources.status && is_copied && has_empty).then_some(&field.name)
}

/// The fields whose changes are a new generation: all but the metadata, and the status if that is written apart.
fn wanted<'m>(model: &'m Model, resource: &Resource) -> Option<Vec<&'m str>> {
    let def = model.ty(resource.ty);
    if !resource.storage || !def.has_trait("PartialEq") {
        return None;
    }
    let is_wanted = |field: &&Field| {
        let is_status = resource.subresources.status && is_member(field, "status");
        field.layout != FieldLayout::Skipped && !is_status && !is_member(field, "metadata")
    };
    let fields = def.fields()?.iter().filter(is_wanted);
    Some(fields.map(|field| field.name.as_str()).collect())
}

fn is_member(field: &Field, name: &str) -> bool {
    field.layout == FieldLayout::Member && field.wire == name
}

/// The warning of a deprecated version, worded as Kubernetes does for its own.
fn warning(model: &Model, resource: &Resource) -> Option<String> {
    let version = model.version(resource.version);
    let Deprecation { warning } = resource.deprecation.as_ref().or(version.deprecation.as_ref())?;
    if warning.is_some() {
        return warning.clone();
    }
    let mut text = format!("{} {} is deprecated", version.api_version(), resource.kind);
    let Some(lifecycle) = resource.lifecycle.as_ref().or(version.lifecycle.as_ref()) else {
        return Some(text);
    };
    let Lifecycle {
        introduced: _,
        deprecated,
        removed,
        replacement,
    } = lifecycle;
    text.extend(deprecated.iter().map(|release| format!(" in v{release}+")));
    text.extend(removed.iter().map(|release| format!(", unavailable in v{release}+")));
    if let Some((version, kind)) = replacement
        .as_ref()
        .and_then(|replacement| replacement.rsplit_once('/'))
    {
        text.push_str(&format!("; use {version} {kind}"));
    }
    Some(text)
}
