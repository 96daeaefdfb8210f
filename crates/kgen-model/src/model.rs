//! The resolved model: what an API is, with every name looked up and every default decided. Generators read it and
//! nothing else.

use std::collections::BTreeMap;

use crate::facts::{Facts, ListType, MarkerPlaces};
use crate::literal::Literal;
use crate::once::Conclusions;
use crate::schemars::{Definition, DefinitionId};
use crate::span::Span;

/// The index of a type in [`Model::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TypeId(pub u32);

/// The index of a version in [`Model::versions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct VersionId(pub u32);

/// A whole API: all groups and versions of one crate.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Model {
    /// The versions, in the order of their modules.
    pub versions: Vec<ApiVersion>,
    /// All types: the crate's own in the order of their modules and lines, then those of Kubernetes that they use.
    pub types: Vec<TypeDef>,
    /// The kinds of all versions, by group, kind, then version.
    pub resources: Vec<Resource>,
    /// The types of kinds that kube-derive makes, as schemars sees them.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub schemars: Vec<Definition>,
    /// What was worked out from all of this.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) conclusions: Conclusions,
}

/// One version of one group.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ApiVersion {
    /// The group, such as `shop.example.com`.
    pub group: String,
    /// The version, such as `v1`.
    pub version: String,
    /// The module that holds it, such as `crate::v1`.
    pub module: Vec<String>,
    /// Documentation of that module.
    pub docs: String,
    /// The prefix of schema names, such as `com.example.shop.v1`.
    pub schema_prefix: String,
    /// The group's name in clients, such as `shop`.
    pub client_name: String,
    /// Whether a server offers it.
    pub served: bool,
    /// Set when the whole version is deprecated.
    pub deprecation: Option<Deprecation>,
    /// Since and until when it exists.
    pub lifecycle: Option<Lifecycle>,
    /// Generators that were switched off or on, by name.
    pub generate: BTreeMap<String, bool>,
    /// Where `kgen::version!` stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// That something should no longer be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Deprecation {
    /// What to say instead of the standard warning.
    pub warning: Option<String>,
}

/// Releases in which something came and goes, as `1.3`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Lifecycle {
    /// First release that has it.
    pub introduced: Option<String>,
    /// First release that warns.
    pub deprecated: Option<String>,
    /// First release without it.
    pub removed: Option<String>,
    /// What to use instead, as `group/version/Kind`.
    pub replacement: Option<String>,
}

/// A struct, newtype, enum or union.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TypeDef {
    /// The Rust name.
    pub name: String,
    /// The module that defines it: `["crate", "v1"]`, or `["k8s_openapi", ..]` for a type of Kubernetes.
    pub module: Vec<String>,
    /// The types that its generic parameters stand for.
    pub args: Vec<TypeRef>,
    /// The version that it belongs to; `None` for types that versions share.
    pub version: Option<VersionId>,
    /// The name in OpenAPI documents, such as `com.example.shop.v1.Order`.
    pub schema_name: String,
    /// Who owns the Rust type.
    pub origin: Origin,
    /// Whether its Rust declaration exists.
    pub declaration: Declaration,
    /// What it consists of.
    pub shape: Shape,
    /// What is said about every value of it; `description` is its documentation.
    pub facts: Facts,
    /// Traits that it has by derive or by hand, by the last segment of their names.
    pub traits: Vec<String>,
    /// Those of them that are written by hand.
    pub by_hand: Vec<String>,
    /// The name of a newtype's field, where it has one (`#[serde(transparent)]`).
    pub newtype_field: Option<String>,
    /// Whether it is `pub` without restriction.
    pub exported: bool,
    /// Who writes its serde implementations.
    pub serde: SerdeOwner,
    /// A person's own defaulting function, `fn(&mut T)`, as an absolute path.
    pub default_with: Option<String>,
    /// A person's own function that converts it to and from the storage version, as an absolute path.
    pub convert_with: Option<String>,
    /// The fields that this function converts.
    pub converts: Converts,
    /// Generators that were switched off or on, by name.
    pub generate: BTreeMap<String, bool>,
    /// The feature gate that it belongs to.
    pub feature_gate: Option<String>,
    /// Set when it is deprecated, with a note that may be empty.
    pub deprecated: Option<String>,
    /// Where its name stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// Who owns a Rust type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Origin {
    /// The person's crate: generated code implements traits for it.
    Source,
    /// k8s-openapi: the type has its implementations already.
    Kubernetes,
}

/// Whether a type's Rust declaration exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Declaration {
    /// Somebody wrote it.
    #[default]
    Written,
    /// The type comes from a schema: its declaration is generated.
    Generated,
}

/// Who writes a type's serde implementations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum SerdeOwner {
    /// kgen.
    Generated,
    /// The type derives or implements them; its serde attributes were read.
    Own,
}

/// What a type consists of.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Shape {
    /// Named fields, in the order of declaration.
    Struct(Vec<Field>),
    /// One value, written as that value.
    Newtype(TypeRef),
    /// Named strings.
    Enum(EnumDef),
    /// One of several members.
    Union(UnionDef),
}

/// A named field.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Field {
    /// The Rust name, without `r#`.
    pub name: String,
    /// The name in JSON. Meaningless for a flattened field.
    pub wire: String,
    /// The type.
    pub ty: TypeRef,
    /// When it is present.
    pub presence: Presence,
    /// How it is laid out.
    pub layout: FieldLayout,
    /// What is said about it; `description` is its documentation.
    pub facts: Facts,
    /// How it moves between versions.
    pub conversion: FieldConversion,
    /// The feature gate that it belongs to.
    pub feature_gate: Option<String>,
    /// Set when it is deprecated, with a note that may be empty.
    pub deprecated: Option<String>,
    /// Where its name stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// When a field is present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Presence {
    /// Always; in the schema's `required`.
    Required,
    /// Absent means `None`, or the empty value, which is not written.
    Optional,
    /// Absent means the declared default, which is written.
    Defaulted,
}

/// How a field is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum FieldLayout {
    /// As a member of its own.
    Member,
    /// Its own fields stand in the parent.
    Flattened,
    /// Not at all: Rust only.
    Skipped,
}

/// How a field moves between versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FieldConversion {
    /// Its Rust name in the hub.
    pub renamed: Option<String>,
    /// Its path in the hub, such as `.spec.x`.
    pub moved: Option<String>,
    /// It has no counterpart, on purpose.
    pub dropped: Option<Lost>,
    /// Older versions lack it, on purpose.
    pub added: Option<Lost>,
    /// A person's own function, as a path.
    pub convert_with: Option<String>,
}

/// What becomes of a value that has no place in another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Lost {
    /// It is lost.
    ForGood,
    /// It travels in an annotation, and is restored on the way back.
    Kept,
}

/// How a variant moves between versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct VariantConversion {
    /// Its Rust name in the hub.
    pub renamed: Option<String>,
    /// The hub has no such value, on purpose: objects that hold it cannot be converted.
    pub dropped: bool,
    /// Older versions have no such value, on purpose: objects that hold it cannot be converted to them.
    pub added: bool,
}

/// The fields that a person's own function converts, by their Rust names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Converts {
    /// Those of the type that names the function.
    pub fields: Vec<String>,
    /// Those of its counterpart in the hub.
    pub storage: Vec<String>,
}

/// Named strings.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EnumDef {
    /// The values, in the order of declaration.
    pub variants: Vec<EnumVariant>,
    /// The Rust name of the variant that keeps unknown values, if the enum is open.
    pub other: Option<String>,
}

/// One named string.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EnumVariant {
    /// The Rust name.
    pub name: String,
    /// The string.
    pub wire: String,
    /// Documentation.
    pub description: Option<String>,
    /// Not a legal value: always, or depending on a feature gate.
    pub excluded: Option<Exclusion>,
    /// Whether it is Rust's `#[default]`.
    pub default: bool,
    /// How it moves between versions.
    pub conversion: VariantConversion,
    /// Set when it is deprecated.
    pub deprecated: Option<String>,
    /// Where its name stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// When a named string is no legal value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Exclusion {
    /// Never legal.
    Always,
    /// Illegal if the feature is on.
    IfEnabled(String),
    /// Illegal if the feature is off.
    IfDisabled(String),
}

/// One of several members.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnionDef {
    /// How it stands in JSON.
    pub repr: UnionRepr,
    /// The members, in the order of declaration.
    pub variants: Vec<UnionVariant>,
}

/// How a union stands in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum UnionRepr {
    /// `{"git": {..}}`: exactly one member.
    External,
    /// `{"type": "Git", "git": {..}}`: the tag names the member.
    Discriminated {
        /// The tag's JSON name.
        tag: String,
    },
    /// `{"type": "Git", ..}`: the member's fields stand beside the tag. Only with a type's own serde.
    Internal {
        /// The tag's JSON name.
        tag: String,
    },
    /// `{"t": "Git", "c": {..}}`. Only with a type's own serde.
    Adjacent {
        /// The tag's JSON name.
        tag: String,
        /// The content's JSON name.
        content: String,
    },
    /// The value alone. Only with a type's own serde.
    Untagged,
}

/// A member of a union.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnionVariant {
    /// The Rust name.
    pub name: String,
    /// The member's name in JSON, such as `git`.
    pub wire: String,
    /// The tag's value for it, such as `Git`.
    pub tag: String,
    /// What it carries; `None` for a tag alone.
    pub ty: Option<TypeRef>,
    /// What is said about it.
    pub facts: Facts,
    /// Whether it is Rust's `#[default]`.
    pub default: bool,
    /// How it moves between versions.
    pub conversion: VariantConversion,
    /// Set when it is deprecated.
    pub deprecated: Option<String>,
    /// Where its name stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum TypeRef {
    /// `bool`
    Bool,
    /// `i8` to `u64`.
    Int(Int),
    /// `f32` or `f64`.
    Float(Float),
    /// `String`, `Box<str>`, `Arc<str>`.
    String,
    /// A scalar or opaque type of Kubernetes.
    Builtin(Builtin),
    /// A type of the model.
    Named(TypeId),
    /// `Option<T>`
    Option(Box<TypeRef>),
    /// `Box<T>`, `Arc<T>` or `Rc<T>`: the same value on the wire.
    Boxed(Box<TypeRef>),
    /// `Vec<T>` and other sequences.
    List(Box<TypeRef>),
    /// `[T; N]`
    Array(Box<TypeRef>, u64),
    /// A map with string-like keys.
    Map {
        /// Which Rust type.
        kind: MapKind,
        /// Key: `String`, a string enum or a newtype over one of them.
        key: Box<TypeRef>,
        /// Value.
        value: Box<TypeRef>,
    },
}

/// Widths of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[expect(missing_docs, reason = "the names are Rust's own")]
pub enum Int {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

/// Widths of floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[expect(missing_docs, reason = "the names are Rust's own")]
pub enum Float {
    F32,
    F64,
}

/// Rust's map types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum MapKind {
    /// `std::collections::BTreeMap`
    BTree,
    /// `std::collections::HashMap`
    Hash,
}

/// Scalar and opaque types of Kubernetes, by the name of their Rust type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Builtin {
    /// RFC 3339, whole seconds.
    Time,
    /// RFC 3339 with microseconds.
    MicroTime,
    /// Go's notation, such as `1h30m`.
    Duration,
    /// Such as `500m` or `1Gi`.
    Quantity,
    /// An integer or a string.
    IntOrString,
    /// Bytes in base64.
    ByteString,
    /// Any JSON object.
    RawExtension,
    /// Any JSON value: `serde_json::Value`.
    Json,
    /// An object with apiVersion and kind, of any kind.
    EmbeddedObject,
    /// The set of fields of a manager (`FieldsV1`).
    FieldsV1,
}

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

/// What clients offer for a kind.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClientFacts {
    /// No client at all.
    pub none: bool,
    /// Only these verbs, if any are named.
    pub only: Vec<String>,
    /// Not these verbs.
    pub skip: Vec<String>,
    /// No methods for `/status`.
    pub no_status: bool,
    /// Further methods.
    pub methods: Vec<ClientMethod>,
}

/// A further method of a client.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClientMethod {
    /// The method's name.
    pub name: String,
    /// The verb.
    pub verb: String,
    /// The subresource.
    pub subresource: Option<String>,
    /// The body's type, if it is not the object.
    pub input: Option<TypeId>,
    /// The answer's type, if it is not the object.
    pub result: Option<TypeId>,
}

impl Model {
    /// The type behind an id.
    ///
    /// # Panics
    /// On an id of another model.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0 as usize]
    }

    /// The version behind an id.
    ///
    /// # Panics
    /// On an id of another model.
    #[must_use]
    pub fn version(&self, id: VersionId) -> &ApiVersion {
        &self.versions[id.0 as usize]
    }

    /// The types with their ids.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        (0..).map(TypeId).zip(&self.types)
    }

    /// The types of the person's crate, which generated code implements traits for.
    pub fn source_types(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types().filter(|(_, ty)| ty.origin == Origin::Source)
    }

    /// The modules that hold types of the person's crate, in order and without repetition.
    #[must_use]
    pub fn modules(&self) -> Vec<&[String]> {
        let mut modules: Vec<&[String]> = self.source_types().map(|(_, ty)| ty.module.as_slice()).collect();
        modules.sort_unstable();
        modules.dedup();
        modules
    }

    /// The types that one module of the person's crate holds, in the order of their lines.
    pub fn types_in<'a>(&'a self, module: &'a [String]) -> impl Iterator<Item = (TypeId, &'a TypeDef)> {
        self.source_types().filter(move |(_, ty)| ty.module == module)
    }

    /// The kind whose struct this is.
    #[must_use]
    pub fn resource_of(&self, ty: TypeId) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.ty == ty)
    }

    /// Looks through newtypes, boxes and options to what is on the wire.
    #[must_use]
    pub fn wire_type<'a>(&'a self, mut ty: &'a TypeRef) -> &'a TypeRef {
        loop {
            ty = match ty {
                TypeRef::Option(inner) | TypeRef::Boxed(inner) => inner,
                TypeRef::Named(id) => match &self.ty(*id).shape {
                    Shape::Newtype(inner) => inner,
                    Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => return ty,
                },
                _ => return ty,
            };
        }
    }
}

impl ApiVersion {
    /// `group/version`, or the version alone for the core group.
    #[must_use]
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.clone()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }

    /// Where servers serve it, such as `apis/shop.example.com/v1`, or `api/v1` for the core group.
    #[must_use]
    pub fn url_path(&self) -> String {
        let below = if self.group.is_empty() { "api" } else { "apis" };
        format!("{below}/{}", self.api_version())
    }
}

impl TypeDef {
    /// Whether the type has a trait by derive or by hand.
    #[must_use]
    pub fn has_trait(&self, name: &str) -> bool {
        self.traits.iter().any(|have| have == name)
    }

    /// The name of a newtype's field: `0` unless it has one.
    #[must_use]
    pub fn newtype_field(&self) -> &str {
        self.newtype_field.as_deref().unwrap_or("0")
    }

    /// The fields, if this is a struct.
    #[must_use]
    pub fn fields(&self) -> Option<&[Field]> {
        match &self.shape {
            Shape::Struct(fields) => Some(fields),
            Shape::Newtype(_) | Shape::Enum(_) | Shape::Union(_) => None,
        }
    }

    /// Whether a generator makes something of it: not switched off at the type.
    #[must_use]
    pub fn generates(&self, generator: &str) -> bool {
        self.generate.get(generator).copied().unwrap_or(true)
    }
}

impl TypeRef {
    /// Whether the Rust type is an `Option`.
    #[must_use]
    pub fn is_option(&self) -> bool {
        matches!(self, Self::Option(_))
    }

    /// The type without an outer `Option`.
    #[must_use]
    pub fn without_option(&self) -> &Self {
        match self {
            Self::Option(inner) => inner,
            other => other,
        }
    }
}

impl Field {
    /// The list type that the field says, without that of its type.
    #[must_use]
    pub fn list_type(&self) -> Option<&ListType> {
        self.facts.list.as_ref()
    }

    /// The default that the field says.
    #[must_use]
    pub fn default(&self) -> Option<&Literal> {
        self.facts.default.as_ref()
    }
}
