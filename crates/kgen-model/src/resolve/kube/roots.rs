//! The objects that kube-derive makes: their versions, their Rust types, their definitions and what is said of the kind.

use std::collections::BTreeMap;

use super::super::Resolver;
use super::super::kinds::DraftKind;
use super::super::type_refs::Params;
use super::arguments::{Arguments, Mode};
use super::schemas::title_and_description;
use super::types::Looking;
use super::{Spec, rules, type_text};
use crate::analysis::Capability;
use crate::draft::{DraftType, DraftTypeRef};
use crate::facts::Facts;
use crate::markers::Place;
use crate::model::{
    ApiVersion, ClientFacts, Converts, Declaration, Field, FieldConversion, FieldLayout, KubeDerive, KubeSchema,
    Origin, Presence, Resource, RoleFields, Scope, SerdeOwner, Shape, Subresources, TypeDef, TypeId, TypeRef,
    VersionId,
};
use crate::report::{Diagnostic, Report};
use crate::schemars::{About, Body, Checks, Definition, DefinitionId, Field as SchemaField, Members, Type};
use crate::span::Span;

const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

impl Resolver<'_> {
    /// The groups and versions that only `#[kube(..)]` states, with the modules that they are at home in.
    pub(in crate::resolve) fn kube_versions(&self, stated: &[(String, String)]) -> Vec<(usize, ApiVersion)> {
        let mut modules: BTreeMap<(&str, &str), Vec<&Spec>> = BTreeMap::new();
        for spec in &self.kube.specs {
            let key = (spec.arguments.group.as_str(), spec.arguments.version.as_str());
            modules.entry(key).or_default().push(spec);
        }
        let is_new = |group: &str, version: &str| !stated.iter().any(|(g, v)| g == group && v == version);
        let new = modules
            .into_iter()
            .filter(|((group, version), _)| is_new(group, version));
        new.map(|((group, version), specs)| {
            let home = self.common_module(&specs);
            let span = specs[0].arguments.span;
            (
                home,
                super::super::versions::plain(group, version, &self.draft.modules[home], span),
            )
        })
        .collect()
    }

    /// The innermost module that holds all of the types.
    fn common_module(&self, specs: &[&Spec]) -> usize {
        let path = |spec: &&Spec| self.draft.modules[spec.module].path.as_slice();
        let mut common = path(&specs[0]);
        for other in specs.iter().map(path) {
            let same = common.iter().zip(other).take_while(|(a, b)| a == b).count();
            common = &common[..same];
        }
        let modules = &self.draft.modules;
        let home = (0..modules.len()).filter(|at| common.starts_with(&modules[*at].path));
        home.max_by_key(|at| modules[*at].path.len()).unwrap_or(specs[0].module)
    }

    /// Modules whose kinds are all of one version belong to it, with the types in them.
    pub(in crate::resolve) fn kube_modules(&mut self) {
        let mut of_module: BTreeMap<usize, Option<VersionId>> = BTreeMap::new();
        for spec in &self.kube.specs {
            let version = self.kube_version(spec);
            let known = of_module.entry(spec.module).or_insert(version);
            if *known != version {
                *known = None;
            }
        }
        for (module, version) in of_module {
            let has_own = !self.draft.modules[module].versions.is_empty();
            if !has_own {
                self.version_of[module] = version;
            }
        }
    }

    fn kube_version(&self, spec: &Spec) -> Option<VersionId> {
        let Arguments { group, version, .. } = &spec.arguments;
        let at = self
            .versions
            .iter()
            .position(|have| have.group == *group && have.version == *version)?;
        Some(VersionId(u32::try_from(at).ok()?))
    }

    /// Reads the definitions of all kinds of kube-derive.
    pub(in crate::resolve) fn kube_definitions(&mut self) {
        for at in 0..self.kube.specs.len() {
            let spec = self.kube.specs[at].clone();
            let draft = self.scopes.ty(spec.module, spec.index);
            let inner = self.definition(spec.module, spec.index, Vec::new());
            let root = self.root_definition(&spec, draft, inner);
            let id = DefinitionId(u32::try_from(self.kube.definitions.len()).unwrap_or(u32::MAX));
            self.kube.definitions.push(Some(root));
            self.kube.homes.push((usize::MAX, usize::MAX));
            self.kube.specs[at].root = Some(id);
        }
        self.kube_defaults();
    }

    /// The definition of the struct that kube-derive makes.
    fn root_definition(&mut self, spec: &Spec, draft: &DraftType, inner: DefinitionId) -> Definition {
        let arguments = &spec.arguments;
        let docs = arguments
            .doc
            .clone()
            .unwrap_or_else(|| format!("Auto-generated derived type for {} via `CustomResource`", draft.name));
        let (title, description) = title_and_description(&docs);
        let mut unknown = Vec::new();
        let mut fields = vec![SchemaField {
            flatten: arguments.no_spec,
            ..member("spec", Type::Defined(inner), draft.span)
        }];
        if let Some(status) = status_type(arguments) {
            let params = super::types::Params::new();
            let mut looking = Looking {
                module: spec.module,
                params: &params,
                unknown: &mut unknown,
                depth: 0,
            };
            let ty = self.schema_type(&status, &mut looking);
            fields.push(member("status", Type::Option(Box::new(ty)), status.span));
        }
        let constant = |expr: &crate::Expr| self.constant(spec.module, expr)?.as_str().map(str::to_owned);
        let mut found = Vec::new();
        for expr in &arguments.rules {
            match rules::rule(expr, &constant) {
                Some(rule) => found.push(rule),
                None => unknown.push(
                    Diagnostic::error("unknown-schema", expr.span, "this rule is none that kgen can read")
                        .help("write `Rule::new(\"..\")` with kube's methods, or a string"),
                ),
            }
        }
        Definition {
            name: arguments.root.clone(),
            about: About {
                title,
                description,
                ..About::default()
            },
            body: Body::Struct(Members { fields, closed: false }),
            transparent: false,
            rules: found,
            stated: Facts::default(),
            span: draft.span,
            unknown,
        }
    }

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
        let metadata = TypeRef::Named(self.intern_known(OBJECT_META));
        let own = DraftTypeRef {
            span: draft.span,
            kind: crate::draft::DraftTypeKind::Path {
                segments: vec![crate::draft::DraftSegment {
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
        let version = self.kube_version(spec);
        let base = ["Clone", "Debug", "Deserialize", "Serialize"].map(str::to_owned);
        let mut traits: Vec<String> = base.into_iter().chain(arguments.derives.iter().cloned()).collect();
        traits.iter_mut().for_each(|name| {
            if let Some((_, last)) = name.rsplit_once("::") {
                *name = last.trim().to_owned();
            }
        });
        traits.sort();
        traits.dedup();
        let mut generate = version
            .map(|id| self.versions[id.0 as usize].generate.clone())
            .unwrap_or_default();
        // Nothing in these types tells what becomes of which field in another version, and kube converts nothing.
        generate
            .entry(Capability::Conversion.word().to_owned())
            .or_insert(false);
        generate.extend(self.switches(spec.module, draft));
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
            traits,
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
        let found = uses.iter().find(|marker| marker.def.name == "generate");
        found.map(super::super::versions::switches).unwrap_or_default()
    }

    /// The spec or status of an object.
    fn role_field(&mut self, module: usize, name: &str, ty: &DraftTypeRef, layout: FieldLayout) -> Field {
        match self.type_ref_or_none(module, ty, &Params::new()) {
            Some(found) => field(name, found, Presence::Required, layout, ty.span),
            None => field(name, TypeRef::Bool, Presence::Optional, FieldLayout::Skipped, ty.span),
        }
    }

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
        let arguments = spec.arguments.clone();
        let fields = self.types[ty.0 as usize].as_ref()?.fields()?;
        let shown = |name: &str| {
            let at = fields.iter().position(|field| field.name == name)?;
            (fields[at].layout == FieldLayout::Member).then_some(at)
        };
        let subresources = Subresources {
            status: arguments.status.is_some(),
            // kube-derive forgets the scale of what has no status.
            scale: arguments.scale.filter(|_| arguments.status.is_some()),
            ..Subresources::default()
        };
        let resource = Resource {
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
            fields: RoleFields {
                metadata: 0,
                spec: shown("spec"),
                status: shown("status"),
            },
            subresources,
            columns: arguments.columns,
            selectable: arguments.selectable,
            annotations: arguments.annotations,
            labels: arguments.labels,
            webhook: None,
            omitted: Vec::new(),
            strategy: None,
            client: ClientFacts::default(),
            feature_gate: None,
            kube_derive: Some(KubeDerive {
                schema: match arguments.mode {
                    Mode::Derived => KubeSchema::Derived(root),
                    Mode::Manual => KubeSchema::Manual,
                    Mode::Disabled => KubeSchema::Disabled,
                },
                storage: arguments.storage,
            }),
            span: arguments.span,
            places: crate::facts::MarkerPlaces::default(),
        };
        Some(DraftKind {
            resource,
            said: vec!["plural", "singular"],
            storage: match arguments.storage {
                Some(stored) => stored && candidates == 1,
                None => candidates == 1,
            },
        })
    }

    /// The definitions, for the model.
    pub(in crate::resolve) fn take_definitions(&mut self) -> Vec<Definition> {
        let definitions = std::mem::take(&mut self.kube.definitions);
        definitions.into_iter().flatten().collect()
    }
}

fn status_type(arguments: &Arguments) -> Option<DraftTypeRef> {
    let (text, span) = arguments.status.as_ref()?;
    type_text::parse(text, *span)
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

fn member(name: &str, ty: Type, span: Span) -> SchemaField {
    SchemaField {
        name: name.to_owned(),
        wire: name.to_owned(),
        ty,
        about: About::default(),
        checks: Checks::default(),
        required: false,
        defaulted: false,
        flatten: false,
        default: None,
        skip_if: None,
        read_only: false,
        rules: Vec::new(),
        merge: None,
        stated: Facts::default(),
        span,
    }
}
