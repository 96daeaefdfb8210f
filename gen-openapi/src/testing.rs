//! Small models for tests, in few words.

use kgen_model::facts::{CelRule, Number};
use kgen_model::model::{
    ApiVersion, ClientFacts, Declaration, EnumDef, EnumVariant, FieldConversion, FieldLayout, Int, MapKind, Origin,
    RoleFields, Scope, SerdeOwner, Subresources, UnionDef, UnionRepr, UnionVariant, Verb,
};
use kgen_model::{
    Diagnostic, Facts, Field, FileId, Literal, Model, Presence, Resource, Rule, RuleKind, Shape, Span, TypeDef, TypeId,
    TypeRef, VersionId,
};

pub(crate) const I32: TypeRef = TypeRef::Int(Int::I32);
pub(crate) const STRING: TypeRef = TypeRef::String;

/// A span that names itself by its start.
pub(crate) fn at(start: u32) -> Span {
    Span::new(FileId(0), start, start + 1)
}

pub(crate) fn named(id: TypeId) -> TypeRef {
    TypeRef::Named(id)
}

pub(crate) fn option(ty: TypeRef) -> TypeRef {
    TypeRef::Option(Box::new(ty))
}

pub(crate) fn list(ty: TypeRef) -> TypeRef {
    TypeRef::List(Box::new(ty))
}

pub(crate) fn map(value: TypeRef) -> TypeRef {
    TypeRef::Map {
        kind: MapKind::BTree,
        key: Box::new(STRING),
        value: Box::new(value),
    }
}

/// Facts that consist of rules, at places 100, 101 …
pub(crate) fn rules(kinds: impl IntoIterator<Item = RuleKind>) -> Facts {
    let rule = |(kind, start)| Rule { kind, span: at(start) };
    Facts {
        rules: kinds.into_iter().zip(100..).map(rule).collect(),
        ..Facts::default()
    }
}

pub(crate) fn cel(rule: &str) -> RuleKind {
    RuleKind::Cel(CelRule {
        rule: rule.to_owned(),
        ..CelRule::default()
    })
}

pub(crate) fn minimum(value: i128) -> RuleKind {
    RuleKind::Minimum {
        value: Number::Int(value),
        exclusive: false,
    }
}

pub(crate) fn maximum(value: i128) -> RuleKind {
    RuleKind::Maximum {
        value: Number::Int(value),
        exclusive: false,
    }
}

/// A required field, or an optional one if it is an `Option`.
pub(crate) fn field(wire: &str, ty: TypeRef) -> Field {
    Field {
        name: wire.to_owned(),
        wire: wire.to_owned(),
        presence: if ty.is_option() {
            Presence::Optional
        } else {
            Presence::Required
        },
        ty,
        layout: FieldLayout::Member,
        facts: Facts::default(),
        conversion: FieldConversion::default(),
        feature_gate: None,
        deprecated: None,
        span: at(1),
    }
}

/// What tests change of a field.
pub(crate) trait Change: Sized {
    fn facts(self, facts: Facts) -> Self;
    fn docs(self, text: &str) -> Self;
    fn at(self, start: u32) -> Self;
    fn layout(self, layout: FieldLayout) -> Self;
    fn default(self, value: Literal) -> Self;
    fn optional(self) -> Self;
}

impl Change for Field {
    fn facts(mut self, facts: Facts) -> Self {
        self.facts = facts;
        self
    }

    fn docs(mut self, text: &str) -> Self {
        self.facts.description = Some(text.to_owned());
        self
    }

    fn at(mut self, start: u32) -> Self {
        self.span = at(start);
        self
    }

    fn layout(mut self, layout: FieldLayout) -> Self {
        self.layout = layout;
        self
    }

    fn default(mut self, value: Literal) -> Self {
        self.facts.default = Some(value);
        self.presence = Presence::Defaulted;
        self
    }

    fn optional(mut self) -> Self {
        self.presence = Presence::Optional;
        self
    }
}

pub(crate) fn union(repr: UnionRepr, variants: &[(&str, Option<TypeRef>)]) -> Shape {
    let variant = |(name, ty): &(&str, Option<TypeRef>)| UnionVariant {
        name: (*name).to_owned(),
        wire: name.to_lowercase(),
        tag: (*name).to_owned(),
        ty: ty.clone(),
        facts: Facts::default(),
        default: false,
        conversion: Default::default(),
        deprecated: None,
        span: at(2),
    };
    Shape::Union(UnionDef {
        repr,
        variants: variants.iter().map(variant).collect(),
    })
}

pub(crate) fn string_enum(values: &[&str]) -> EnumDef {
    let variant = |value: &&str| EnumVariant {
        name: (*value).to_owned(),
        wire: (*value).to_owned(),
        description: None,
        excluded: None,
        default: false,
        conversion: Default::default(),
        deprecated: None,
        span: at(3),
    };
    EnumDef {
        variants: values.iter().map(variant).collect(),
        other: None,
    }
}

/// A model that grows.
#[derive(Default)]
pub(crate) struct Build {
    pub(crate) model: Model,
}

impl Build {
    pub(crate) fn add(&mut self, name: &str, shape: Shape) -> TypeId {
        let id = TypeId(u32::try_from(self.model.types.len()).unwrap_or_default());
        self.model.types.push(TypeDef {
            name: name.to_owned(),
            module: vec!["crate".to_owned(), "v1".to_owned()],
            args: Vec::new(),
            version: None,
            schema_name: format!("com.example.shop.v1.{name}"),
            origin: Origin::Source,
            shape,
            facts: Facts::default(),
            traits: Vec::new(),
            by_hand: Vec::new(),
            declaration: Declaration::Written,
            newtype_field: None,
            exported: true,
            serde: SerdeOwner::Generated,
            default_with: None,
            convert_with: None,
            converts: Default::default(),
            generate: std::collections::BTreeMap::default(),
            feature_gate: None,
            deprecated: None,
            span: at(1000 + id.0),
        });
        id
    }

    pub(crate) fn strukt(&mut self, name: &str, fields: impl IntoIterator<Item = Field>) -> TypeId {
        self.add(name, Shape::Struct(fields.into_iter().collect()))
    }

    pub(crate) fn ty(&mut self, id: TypeId) -> &mut TypeDef {
        &mut self.model.types[id.0 as usize]
    }

    pub(crate) fn fields(&mut self, id: TypeId) -> &mut Vec<Field> {
        match &mut self.ty(id).shape {
            Shape::Struct(fields) => fields,
            other => panic!("{other:?} has no fields"),
        }
    }

    pub(crate) fn object_meta(&mut self) -> TypeId {
        let known = self.model.types.iter().position(crate::structural::is_object_meta);
        if let Some(known) = known {
            return TypeId(u32::try_from(known).unwrap_or_default());
        }
        let names = ["name", "namespace"].map(|wire| field(wire, option(STRING)));
        let labels = field("labels", option(map(STRING)));
        let id = self.strukt("ObjectMeta", names.into_iter().chain([labels]));
        let ty = self.ty(id);
        ty.schema_name = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta".to_owned();
        ty.origin = Origin::Kubernetes;
        id
    }

    pub(crate) fn version(&mut self, version: &str) -> VersionId {
        let id = VersionId(u32::try_from(self.model.versions.len()).unwrap_or_default());
        self.model.versions.push(ApiVersion {
            group: "shop.example.com".to_owned(),
            version: version.to_owned(),
            module: vec!["crate".to_owned(), version.to_owned()],
            docs: String::new(),
            schema_prefix: format!("com.example.shop.{version}"),
            client_name: "shop".to_owned(),
            served: true,
            deprecation: None,
            lifecycle: None,
            generate: std::collections::BTreeMap::default(),
            span: at(5000 + id.0),
        });
        id
    }

    /// A kind `Order` in a version of its own, with the fields after `metadata`. Its storage version is the last.
    pub(crate) fn kind(&mut self, version: &str, fields: impl IntoIterator<Item = Field>) -> usize {
        let metadata = named(self.object_meta());
        let fields: Vec<Field> = std::iter::once(field("metadata", metadata)).chain(fields).collect();
        let role = |wire: &str| fields.iter().position(|field| field.wire == wire);
        let roles = RoleFields {
            metadata: 0,
            spec: role("spec"),
            status: role("status"),
        };
        let ty = self.strukt("Order", fields);
        let version = self.version(version);
        self.model
            .resources
            .iter_mut()
            .for_each(|resource| resource.storage = false);
        self.model.resources.push(Resource {
            kube_derive: None,
            places: kgen_model::MarkerPlaces::default(),
            ty,
            version,
            kind: "Order".to_owned(),
            list_kind: "OrderList".to_owned(),
            plural: "orders".to_owned(),
            singular: "order".to_owned(),
            short_names: Vec::new(),
            categories: Vec::new(),
            scope: Scope::Namespaced,
            served: true,
            storage: true,
            in_crd: true,
            deprecation: None,
            lifecycle: None,
            fields: roles,
            subresources: Subresources::default(),
            columns: Vec::new(),
            selectable: Vec::new(),
            annotations: std::collections::BTreeMap::default(),
            labels: std::collections::BTreeMap::default(),
            webhook: None,
            omitted: Vec::new(),
            strategy: None,
            verbs: Verb::ALL.to_vec(),
            client: ClientFacts::default(),
            feature_gate: None,
            span: at(2000),
        });
        self.model.resources.len() - 1
    }

    /// A kind `Order` in `v1` whose spec has these fields. Gives the spec's type.
    pub(crate) fn spec(&mut self, fields: impl IntoIterator<Item = Field>) -> TypeId {
        let spec = self.strukt("OrderSpec", fields);
        self.kind("v1", [field("spec", named(spec))]);
        spec
    }
}

/// The codes of what was found, with their places.
pub(crate) fn found(diagnostics: &[Diagnostic]) -> Vec<(&'static str, u32)> {
    let place = |diagnostic: &Diagnostic| (diagnostic.code, diagnostic.span.map_or(0, |span| span.start));
    diagnostics.iter().map(place).collect()
}
