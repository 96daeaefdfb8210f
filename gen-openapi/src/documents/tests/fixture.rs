//! Models by hand, with nothing in them that a test does not need.

use std::collections::BTreeMap;

use kgen_model::model::{ClientFacts, RoleFields, Scale, Scope, Subresources, Verb};
use kgen_model::{Field, Model, Resource, Shape, Span, TypeId, TypeRef, VersionId, known};

use crate::testing::{Build, field};

/// A model that grows.
#[derive(Default)]
pub(super) struct Fixture {
    build: Build,
    known: BTreeMap<&'static str, TypeId>,
}

impl Fixture {
    /// A model with one version.
    pub(super) fn new(group: &str, version: &str, prefix: &str) -> Self {
        let mut fixture = Self::default();
        fixture.version(group, version, prefix);
        fixture
    }

    pub(super) fn finish(self) -> Model {
        self.build.model
    }

    /// Adds a served version; later kinds and types belong to it.
    pub(super) fn version(&mut self, group: &str, version: &str, prefix: &str) {
        let id = self.build.version(version);
        let version = &mut self.build.model.versions[id.0 as usize];
        version.group = group.to_owned();
        version.schema_prefix = prefix.to_owned();
    }

    fn last_version(&self) -> VersionId {
        VersionId(u32::try_from(self.build.model.versions.len() - 1).expect("few versions"))
    }

    /// Adds a type of the last version.
    pub(super) fn ty(&mut self, name: &str, shape: Shape) -> TypeId {
        let version = self.last_version();
        let schema_name = format!("{}.{name}", self.build.model.version(version).schema_prefix);
        let id = self.build.add(name, shape);
        let ty = self.build.ty(id);
        ty.version = Some(version);
        ty.schema_name = schema_name;
        id
    }

    /// Adds an empty struct of the last version.
    pub(super) fn strukt(&mut self, name: &str) -> TypeRef {
        TypeRef::Named(self.ty(name, Shape::Struct(Vec::new())))
    }

    pub(super) fn fields(&mut self, id: TypeId) -> &mut Vec<Field> {
        self.build.fields(id)
    }

    /// Adds a type of Kubernetes with all that it refers to.
    fn known(&mut self, name: &'static str) -> TypeRef {
        let mut waiting = Vec::new();
        let (known, mut next) = (&mut self.known, self.build.model.types.len());
        let mut id_of = |name: &'static str, waiting: &mut Vec<&'static str>| {
            *known.entry(name).or_insert_with(|| {
                waiting.insert(0, name);
                next += 1;
                TypeId(u32::try_from(next - 1).expect("few types"))
            })
        };
        let id = id_of(name, &mut waiting);
        while let Some(name) = waiting.pop() {
            let ty = known::definition(name, &mut |name| id_of(name, &mut waiting));
            self.build.model.types.push(ty.expect("Kubernetes has it"));
        }
        TypeRef::Named(id)
    }

    /// Adds a kind of the last version, with `metadata` and these further fields.
    pub(super) fn kind(&mut self, kind: &str, scope: Scope, further: Vec<Field>) -> &mut Resource {
        let metadata = self.known("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        let fields = [vec![field("metadata", metadata)], further].concat();
        let ty = self.ty(kind, Shape::Struct(fields));
        let resource = resource(kind, scope, ty, self.last_version());
        self.build.model.resources.push(resource);
        self.build.model.resources.last_mut().expect("it was just added")
    }
}

fn resource(kind: &str, scope: Scope, ty: TypeId, version: VersionId) -> Resource {
    let singular = kind.to_lowercase();
    Resource {
        kube_derive: None,
        places: kgen_model::MarkerPlaces::default(),
        ty,
        version,
        kind: kind.to_owned(),
        list_kind: format!("{kind}List"),
        plural: format!("{singular}s"),
        singular,
        short_names: Vec::new(),
        categories: Vec::new(),
        scope,
        served: true,
        storage: true,
        in_crd: true,
        deprecation: None,
        lifecycle: None,
        fields: RoleFields {
            metadata: 0,
            spec: None,
            status: None,
        },
        subresources: Subresources::default(),
        columns: Vec::new(),
        selectable: Vec::new(),
        annotations: BTreeMap::new(),
        labels: BTreeMap::new(),
        webhook: None,
        omitted: Vec::new(),
        strategy: None,
        verbs: Verb::ALL.to_vec(),
        client: ClientFacts::default(),
        feature_gate: None,
        span: Span::default(),
    }
}

/// Paths of the scale subresource.
pub(super) fn scale() -> Scale {
    Scale {
        spec_path: ".spec.replicas".to_owned(),
        status_path: ".status.replicas".to_owned(),
        selector_path: None,
    }
}

/// `wardle.example.com/v1` with a namespaced `Flunder` and a `Fischer` of the cluster, as the sample API server has them.
pub(super) fn wardle() -> Model {
    let mut fixture = Fixture::new("wardle.example.com", "v1", "com.example.wardle.v1");
    fixture.kind("Fischer", Scope::Cluster, Vec::new());
    let flunder = fixture.kind("Flunder", Scope::Namespaced, Vec::new());
    flunder.subresources = Subresources {
        status: true,
        scale: Some(scale()),
        ..Subresources::default()
    };
    fixture.finish()
}
