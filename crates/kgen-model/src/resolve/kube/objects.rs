//! The objects that kube-derive makes, as types of the model.

use std::collections::BTreeMap;

use super::super::Resolver;
use super::super::type_refs::Params;
use super::super::versions::switches;
use super::Spec;
use super::arguments::Arguments;
use super::roots::status_type;
use crate::analysis::Capability;
use crate::draft::{DraftSegment, DraftType, DraftTypeKind, DraftTypeRef};
use crate::facts::Facts;
use crate::markers::{Place, Uses};
use crate::model::{
    Converts, Declaration, Field, FieldConversion, FieldLayout, Origin, Presence, SerdeOwner, Shape, TypeDef, TypeId,
    TypeRef, VersionId,
};
use crate::report::Report;
use crate::span::Span;

const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

impl Resolver<'_> {
    /// Gives each object that kube-derive makes its place among the types.
    pub(in crate::resolve) fn kube_types(&mut self) {
        for at in 0..self.kube.specs.len() {
            let spec = self.kube.specs[at].clone();
            let id = self.root_type(&spec);
            self.kube.specs[at].ty = Some(id);
        }
    }

    fn root_type(&mut self, spec: &Spec) -> TypeId {
        let (draft, arguments) = (self.scopes.ty(spec.module, spec.index), &spec.arguments);
        let id = self.reserve(arguments.root.clone());
        let fields = self.root_fields(spec, draft);
        let version = self.kube_version(spec);
        let generate = self.root_generate(spec, draft, version);
        let module = self.scopes.open_home(spec.module, spec.index).map(<[String]>::to_vec);
        let prefix = version.map(|id| self.versions[id.0 as usize].schema_prefix.clone());
        let ty = TypeDef {
            name: arguments.root.clone(),
            module: module.unwrap_or_else(|| self.draft.modules[spec.module].path.clone()),
            args: Vec::new(),
            version,
            schema_name: format!("{}.{}", prefix.unwrap_or_default(), arguments.root),
            origin: Origin::Source,
            declaration: Declaration::Written,
            shape: Shape::Struct(fields),
            facts: Facts {
                description: Some(arguments.doc.clone().unwrap_or_else(|| draft.docs.clone()))
                    .filter(|docs| !docs.is_empty()),
                ..Facts::default()
            },
            traits: traits(arguments),
            by_hand: Vec::new(),
            newtype_field: None,
            exported: draft.exported,
            serde: SerdeOwner::Own,
            default_with: None,
            convert_with: None,
            converts: Converts::default(),
            generate,
            feature_gate: None,
            deprecated: None,
            span: draft.span,
        };
        self.types[id.0 as usize] = Some(ty);
        id
    }

    /// The fields `metadata`, `spec` and `status`.
    fn root_fields(&mut self, spec: &Spec, draft: &DraftType) -> Vec<Field> {
        let arguments = &spec.arguments;
        let metadata = TypeRef::Named(self.intern_known(OBJECT_META));
        let own = DraftTypeRef {
            span: draft.span,
            kind: DraftTypeKind::Path {
                segments: vec![DraftSegment {
                    name: draft.name.clone(),
                    args: Vec::new(),
                }],
                global: false,
            },
        };
        let layout = match arguments.no_spec {
            true => FieldLayout::Flattened,
            false => FieldLayout::Member,
        };
        let mut fields = vec![
            field(
                "metadata",
                metadata,
                Presence::Required,
                FieldLayout::Member,
                draft.span,
            ),
            self.role_field(spec.module, "spec", &own, layout),
        ];
        if let Some(status) = status_type(arguments) {
            let mut status = self.role_field(spec.module, "status", &status, FieldLayout::Member);
            status.presence = Presence::Optional;
            if status.layout != FieldLayout::Skipped {
                status.ty = TypeRef::Option(Box::new(status.ty));
            }
            fields.push(status);
        }
        fields
    }

    /// What is switched off or on for the object.
    fn root_generate(&mut self, spec: &Spec, draft: &DraftType, version: Option<VersionId>) -> BTreeMap<String, bool> {
        let mut generate = version
            .map(|id| self.versions[id.0 as usize].generate.clone())
            .unwrap_or_default();
        // Nothing in these types tells what becomes of which field in another version, and kube converts nothing.
        generate
            .entry(Capability::Conversion.word().to_owned())
            .or_insert(false);
        generate.extend(self.switches(spec.module, draft));
        generate
    }

    /// What the spec's markers switch off for the object.
    fn switches(&mut self, module: usize, draft: &DraftType) -> BTreeMap<String, bool> {
        if draft.markers.is_empty() {
            return BTreeMap::new();
        }
        // The spec's own pass reports what is wrong with them.
        let mut silent = Report::default();
        std::mem::swap(self.report, &mut silent);
        let (_, uses) = self.facts(module, &draft.markers, &[Place::Type]);
        std::mem::swap(self.report, &mut silent);
        Uses(&uses).find("generate").map(switches).unwrap_or_default()
    }

    /// The spec or status of an object.
    fn role_field(&mut self, module: usize, name: &str, ty: &DraftTypeRef, layout: FieldLayout) -> Field {
        match self.type_ref_or_none(module, ty, &Params::new()) {
            Some(found) => field(name, found, Presence::Required, layout, ty.span),
            None => field(name, TypeRef::Bool, Presence::Optional, FieldLayout::Skipped, ty.span),
        }
    }
}

/// The traits of the object by the last segments of their names.
fn traits(arguments: &Arguments) -> Vec<String> {
    let base = ["Clone", "Debug", "Deserialize", "Serialize"].map(str::to_owned);
    let mut traits: Vec<String> = base.into_iter().chain(arguments.derives.iter().cloned()).collect();
    traits.iter_mut().for_each(|name| {
        if let Some((_, last)) = name.rsplit_once("::") {
            *name = last.trim().to_owned();
        }
    });
    traits.sort();
    traits.dedup();
    traits
}

fn field(name: &str, ty: TypeRef, presence: Presence, layout: FieldLayout, span: Span) -> Field {
    Field {
        name: name.to_owned(),
        wire: name.to_owned(),
        ty,
        presence,
        layout,
        facts: Facts::default(),
        conversion: FieldConversion::default(),
        feature_gate: None,
        deprecated: None,
        span,
    }
}
