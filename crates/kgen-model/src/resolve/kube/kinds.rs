//! The kinds that kube-derive makes.

use super::super::Resolver;
use super::super::kinds::DraftKind;
use super::Spec;
use super::arguments::{Arguments, Mode};
use crate::facts::MarkerPlaces;
use crate::model::{
    ClientFacts, FieldLayout, KubeDerive, KubeSchema, Resource, RoleFields, Scope, Subresources, TypeId, Verb,
    VersionId,
};
use crate::schemars::DefinitionId;

impl Resolver<'_> {
    /// The kinds that kube-derive makes.
    pub(in crate::resolve) fn kube_kinds(&mut self) -> Vec<DraftKind> {
        let specs = self.kube.specs.clone();
        let count = |spec: &Spec| {
            let same = specs.iter().filter(|other| {
                (&other.arguments.group, &other.arguments.kind) == (&spec.arguments.group, &spec.arguments.kind)
            });
            same.filter(|other| other.arguments.storage != Some(false)).count()
        };
        specs
            .iter()
            .filter_map(|spec| self.kube_kind(spec, count(spec)))
            .collect()
    }

    /// One kind; `candidates` is the number of its versions that may be the stored one.
    fn kube_kind(&self, spec: &Spec, candidates: usize) -> Option<DraftKind> {
        let (ty, version, root) = (spec.ty?, self.kube_version(spec)?, spec.root?);
        let fields = self.types[ty.0 as usize].as_ref()?.fields()?;
        let shown = |name: &str| {
            let at = fields.iter().position(|field| field.name == name)?;
            (fields[at].layout == FieldLayout::Member).then_some(at)
        };
        let fields = RoleFields {
            metadata: 0,
            spec: shown("spec"),
            status: shown("status"),
        };
        Some(DraftKind {
            resource: resource(spec.arguments.clone(), ty, version, root, fields),
            said: vec!["plural", "singular"],
            storage: match spec.arguments.storage {
                Some(stored) => stored && candidates == 1,
                None => candidates == 1,
            },
        })
    }
}

fn resource(arguments: Arguments, ty: TypeId, version: VersionId, root: DefinitionId, fields: RoleFields) -> Resource {
    let subresources = Subresources {
        status: arguments.status.is_some(),
        // kube-derive forgets the scale of what has no status.
        scale: arguments.scale.filter(|_| arguments.status.is_some()),
        ..Subresources::default()
    };
    let kube_derive = KubeDerive {
        schema: match arguments.mode {
            Mode::Derived => KubeSchema::Derived(root),
            Mode::Manual => KubeSchema::Manual,
            Mode::Disabled => KubeSchema::Disabled,
        },
        storage: arguments.storage,
    };
    Resource {
        ty,
        version,
        list_kind: format!("{}List", arguments.kind),
        kind: arguments.kind,
        plural: arguments.plural,
        singular: arguments.singular,
        short_names: arguments.short_names,
        categories: arguments.categories,
        scope: match arguments.namespaced {
            true => Scope::Namespaced,
            false => Scope::Cluster,
        },
        served: arguments.served,
        storage: false,
        in_crd: true,
        deprecation: arguments.deprecation,
        lifecycle: None,
        fields,
        subresources,
        columns: arguments.columns,
        selectable: arguments.selectable,
        annotations: arguments.annotations,
        labels: arguments.labels,
        webhook: None,
        omitted: Vec::new(),
        strategy: None,
        verbs: Verb::ALL.to_vec(),
        client: ClientFacts::default(),
        feature_gate: None,
        kube_derive: Some(kube_derive),
        span: arguments.span,
        places: MarkerPlaces::default(),
    }
}
