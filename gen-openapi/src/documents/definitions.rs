//! The schemas of a document: those that its paths name, and those that these refer to.

use std::collections::{BTreeMap, BTreeSet};

use kgen_model::known::{self, Known};
use kgen_model::{Diagnostic, Model, Report, Resource, Shape, TypeDef, TypeId, VersionId};

use crate::schema::{GroupVersionKind, JsonType, Schema};
use crate::structural::{References, SchemaOf, Siblings};

use super::common;
use super::document::{Operation, Path};
use super::paths::kind;
use super::plan::served;
use super::v3::COMPONENTS;

const REFERENCES: References = References {
    pointer,
    builtin: common::builtin,
    siblings: Siblings::Wrapped,
};

/// Structs and unions have definitions, as in Kubernetes; what is written as a scalar stands in its place.
fn pointer(ty: &TypeDef) -> Option<String> {
    match ty.shape {
        Shape::Struct(_) | Shape::Union(_) => Some(format!("{COMPONENTS}{}", ty.schema_name)),
        Shape::Newtype(_) | Shape::Enum(_) => None,
    }
}

/// The schemas that the paths of these versions need, by name.
pub(super) fn definitions(model: &Model, versions: &[VersionId], paths: &[Path]) -> BTreeMap<String, Schema> {
    let common = common::model();
    let sources = Sources::of(model, &common, versions);
    let mut definitions = BTreeMap::new();
    let mut waiting: BTreeSet<String> = paths.iter().flat_map(|path| &path.operations).flat_map(named).collect();
    while let Some(name) = waiting.pop_first() {
        if let Some(mut schema) = sources.definition(&name) {
            schema.visit_mut(&mut |schema| {
                let name = schema
                    .reference
                    .as_deref()
                    .and_then(|pointer| pointer.strip_prefix(COMPONENTS));
                waiting.extend(name.filter(|name| !definitions.contains_key(*name)).map(str::to_owned));
            });
            waiting.remove(&name);
            definitions.insert(name, schema);
        }
    }
    definitions
}

/// The definitions that an operation names.
fn named(operation: &Operation) -> impl Iterator<Item = String> {
    let answers = operation
        .responses
        .iter()
        .filter_map(|response| response.definition.clone());
    answers.chain(operation.body.as_ref().map(|body| body.definition.clone()))
}

/// Where definitions come from.
struct Sources<'a> {
    model: &'a Model,
    common: &'a Model,
    versions: &'a [VersionId],
    types: BTreeMap<&'a str, TypeId>,
    common_types: BTreeMap<&'a str, TypeId>,
    kinds: BTreeMap<TypeId, Vec<&'a Resource>>,
    lists: BTreeMap<String, &'a Resource>,
}

impl<'a> Sources<'a> {
    fn of(model: &'a Model, common: &'a Model, versions: &'a [VersionId]) -> Self {
        fn types(model: &Model) -> BTreeMap<&str, TypeId> {
            model.types().map(|(id, ty)| (ty.schema_name.as_str(), id)).collect()
        }
        let mut kinds: BTreeMap<TypeId, Vec<&Resource>> = BTreeMap::new();
        for resource in model
            .resources
            .iter()
            .filter(|resource| versions.contains(&resource.version))
        {
            kinds.entry(resource.ty).or_default().push(resource);
        }
        let resources = versions.iter().flat_map(|version| served(model, *version));
        let lists = resources
            .map(|resource| (list_name(model, resource), resource))
            .collect();
        Self {
            model,
            common,
            versions,
            types: types(model),
            common_types: types(common),
            kinds,
            lists,
        }
    }

    /// `None` only for a name that nothing in the model explains.
    fn definition(&self, name: &str) -> Option<Schema> {
        if let Some(resource) = self.lists.get(name) {
            return Some(self.list(resource));
        }
        if let Some(Known::Builtin(builtin)) = known::named(name) {
            return common::builtin_definition(builtin);
        }
        let mut schema = match (self.types.get(name), self.common_types.get(name)) {
            (Some(id), _) => self.own(*id),
            (None, Some(id)) => SchemaOf::reference(self.common, REFERENCES).definition(*id),
            (None, None) => return None,
        };
        schema.kubernetes.group_version_kinds.extend(self.common_kinds(name));
        Some(schema)
    }

    fn own(&self, id: TypeId) -> Schema {
        let mut schema = SchemaOf::reference(self.model, REFERENCES).definition(id);
        let Some(resources) = self.kinds.get(&id) else {
            return schema;
        };
        schema.properties.extend(type_meta());
        // A server fills in what is missing there.
        schema.limits.required.retain(|name| name != "metadata");
        schema.kubernetes.group_version_kinds = resources.iter().map(|resource| kind(self.model, resource)).collect();
        schema
    }

    fn common_kinds(&self, name: &str) -> Vec<GroupVersionKind> {
        let mut kinds = common::kinds(name);
        if common::is_of_every_version(name) {
            let versions = self.versions.iter().map(|id| self.model.version(*id));
            let own = versions.map(|version| (version.group.clone(), version.version.clone()));
            let kind = common::last_segment(name);
            kinds.extend(own.map(|(group, version)| GroupVersionKind {
                group,
                version,
                kind: kind.clone(),
            }));
            kinds.sort_unstable();
            kinds.dedup();
        }
        kinds
    }

    fn list(&self, resource: &Resource) -> Schema {
        let mut schema = Schema::of_type(JsonType::Object);
        let item = format!("{COMPONENTS}{}", self.model.ty(resource.ty).schema_name);
        let metadata = format!("{COMPONENTS}{}", common::LIST_META);
        schema.about.description = Some(format!("A list of {} objects.", resource.kind));
        schema.properties.extend(type_meta());
        schema
            .properties
            .insert("items".to_owned(), Schema::array(Schema::reference(item)));
        schema
            .properties
            .insert("metadata".to_owned(), Schema::reference(metadata));
        schema.require("items");
        let kind = GroupVersionKind {
            kind: resource.list_kind.clone(),
            ..kind(self.model, resource)
        };
        schema.kubernetes.group_version_kinds = vec![kind];
        schema
    }
}

/// The name of the definition of a kind's lists.
pub(super) fn list_name(model: &Model, resource: &Resource) -> String {
    format!(
        "{}.{}",
        model.version(resource.version).schema_prefix,
        resource.list_kind
    )
}

fn type_meta() -> [(String, Schema); 2] {
    let text = |name: &str, description: &str| {
        let mut schema = Schema::of_type(JsonType::String);
        schema.about.description = Some(description.to_owned());
        (name.to_owned(), schema)
    };
    [
        text("apiVersion", "The group and version of this object."),
        text("kind", "The kind of this object."),
    ]
}

/// Reports lists whose definition has the name of a type's.
pub(super) fn check(model: &Model, report: &mut Report) {
    for resource in model
        .documented_versions()
        .into_iter()
        .flat_map(|version| served(model, version))
    {
        let name = list_name(model, resource);
        if let Some((_, ty)) = model
            .types()
            .find(|(_, ty)| ty.schema_name == name && pointer(ty).is_some())
        {
            let message = format!(
                "the lists of `{}` and a type are both called `{name}` in OpenAPI",
                resource.kind
            );
            report.push(
                Diagnostic::error("duplicate-name", resource.span, message)
                    .related(ty.span, "the type")
                    .help("name the lists with `list_kind = \"…\"`, or the type with `name = \"…\"`"),
            );
        }
    }
}
