//! A kind in one version: its names, what servers do with its objects, and how they are shown.

use std::collections::BTreeMap;

use super::{ClientFacts, Deprecation, Lifecycle, TypeId, Verb, VersionId};
use crate::facts::MarkerPlaces;
use crate::schemars::DefinitionId;
use crate::span::Span;

/// A kind in one version.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Resource {
    /// Its type.
    pub ty: TypeId,
    /// Its version.
    pub version: VersionId,
    /// The kind, such as `Order`.
    pub kind: String,
    /// The kind of its lists.
    pub list_kind: String,
    /// The resource, such as `orders`.
    pub plural: String,
    /// One of it, such as `order`.
    pub singular: String,
    /// Abbreviations for command lines.
    pub short_names: Vec<String>,
    /// Groups of resources for command lines.
    pub categories: Vec<String>,
    /// Whether objects live in namespaces.
    pub scope: Scope,
    /// Whether a server offers this version.
    pub served: bool,
    /// Whether objects are stored in this version. True for exactly one version of a kind.
    pub storage: bool,
    /// Whether the CRD has this version.
    pub in_crd: bool,
    /// Set when this version of the kind is deprecated.
    pub deprecation: Option<Deprecation>,
    /// Since and until when it exists.
    pub lifecycle: Option<Lifecycle>,
    /// The fields that have a role.
    pub fields: RoleFields,
    /// What lies beneath the object.
    pub subresources: Subresources,
    /// Printer columns, in the order of declaration.
    pub columns: Vec<Column>,
    /// Paths that field selectors know, such as `.spec.customer`.
    pub selectable: Vec<String>,
    /// Annotations of the CRD.
    pub annotations: BTreeMap<String, String>,
    /// Labels of the CRD.
    pub labels: BTreeMap<String, String>,
    /// How objects become those of another version, if servers ask a webhook.
    pub webhook: Option<ConversionWebhook>,
    /// Members that the schema of the object leaves out, although every object has them.
    pub omitted: Vec<String>,
    /// What a person adds to how a server writes objects, as the absolute path of a value: a unit struct or a constant.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub strategy: Option<String>,
    /// What servers let clients do with objects, without repetition and in order.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Verb::are_all"))]
    pub verbs: Vec<Verb>,
    /// What clients offer.
    pub client: ClientFacts,
    /// The feature gate that it belongs to.
    pub feature_gate: Option<String>,
    /// Set when kube-derive makes the Rust type of the kind, with kube's traits and the definition.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub kube_derive: Option<KubeDerive>,
    /// Where the kind was declared.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
    /// Where the markers of the kind stand.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub places: MarkerPlaces,
}

/// Whether objects live in namespaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Scope {
    /// In namespaces.
    Namespaced,
    /// In none.
    Cluster,
}

/// Indices of the fields of a kind's struct that have a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RoleFields {
    /// `metadata`
    pub metadata: usize,
    /// `spec`
    pub spec: Option<usize>,
    /// `status`
    pub status: Option<usize>,
}

/// What lies beneath an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Subresources {
    /// `/status`
    pub status: bool,
    /// `/scale`
    pub scale: Option<Scale>,
    /// The object is the body of this subresource only, such as `/scale`.
    pub is: Option<String>,
    /// Further subresources for which the object is validated.
    pub supports: Vec<String>,
}

/// Where the scale subresource finds its values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Scale {
    /// Path of the wanted replicas, such as `.spec.replicas`.
    pub spec_path: String,
    /// Path of the counted replicas.
    pub status_path: String,
    /// Path of the label selector in its string form.
    pub selector_path: Option<String>,
}

/// A printer column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Column {
    /// Heading.
    pub name: String,
    /// JSONPath, such as `.spec.customer`.
    pub path: String,
    /// `string`, `integer`, `number`, `boolean` or `date`.
    pub type_: String,
    /// An OpenAPI format.
    pub format: Option<String>,
    /// What it shows.
    pub description: Option<String>,
    /// Above 0: in wide output only.
    pub priority: i32,
}

/// A webhook that converts objects between versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ConversionWebhook {
    /// The versions of `ConversionReview` that it knows, the preferred one first.
    pub review_versions: Vec<String>,
    /// Where it is, if it is no service of the cluster.
    pub url: Option<String>,
    /// The service of the cluster that it is.
    pub service: Option<WebhookService>,
    /// The certificates to trust, PEM in base64.
    pub ca_bundle: Option<String>,
}

/// A service of the cluster that answers a webhook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WebhookService {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The path of the URL.
    pub path: Option<String>,
    /// The port, 443 if it is not said.
    pub port: Option<i64>,
}

/// What kube-derive makes of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct KubeDerive {
    /// Where the schema comes from.
    pub schema: KubeSchema,
    /// What is said about storage. kube takes `true` where nothing is said, whatever other versions say.
    pub storage: Option<bool>,
}

/// Where kube-derive has the schema of a kind from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum KubeSchema {
    /// From schemars' derive.
    Derived(DefinitionId),
    /// From a `JsonSchema` that is written by hand.
    Manual,
    /// There is none.
    Disabled,
}
