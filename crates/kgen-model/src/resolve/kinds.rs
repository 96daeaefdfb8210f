//! Kinds: what is said at each version's struct, then what the versions of one kind have to agree upon.

use std::collections::BTreeMap;

use super::Resolver;
use super::versions::{deprecation, is_true};
use crate::markers::{Place, Use, UseValue};
use crate::model::{
    ClientFacts, ClientMethod, Column, Field, Model, Resource, RoleFields, Scale, Scope, Shape, Subresources, TypeId,
    TypeRef, VersionId,
};
use crate::names;
use crate::report::{Diagnostic, Report};
use crate::span::Span;

/// A kind of one version, before the versions are compared.
pub(super) struct DraftKind {
    resource: Resource,
    /// Names that were written, not derived.
    said: Vec<&'static str>,
    storage: bool,
}

impl Resolver<'_> {
    pub(super) fn kinds(&mut self) -> Vec<DraftKind> {
        let roots = std::mem::take(&mut self.roots);
        roots
            .into_iter()
            .filter_map(|(module, index, id)| self.kind(module, index, id))
            .collect()
    }

    fn kind(&mut self, module: usize, index: usize, id: TypeId) -> Option<DraftKind> {
        let draft = self.scopes.ty(module, index);
        if !super::constants::says(&draft.markers, "kind") {
            return None;
        }
        // The type's own pass has reported what is wrong with the markers.
        let mut silent = Report::default();
        let constants = super::constants::InModule {
            scopes: &self.scopes,
            module,
        };
        let uses = crate::markers::check(&draft.markers, &[Place::Type, Place::Kind], &constants, &mut silent);
        let find = |name: &str| uses.iter().find(|marker| marker.def.name == name);
        let text = |name: &str| find(name)?.value.as_ref().and_then(UseValue::text);
        let texts = |name: &str| -> Vec<String> {
            let of_name = uses.iter().filter(|marker| marker.def.name == name);
            of_name
                .filter_map(|marker| marker.value.as_ref().and_then(UseValue::text))
                .collect()
        };
        let Some(version) = self.version_of[module] else {
            self.report.push(
                Diagnostic::error(
                    "kind-without-version",
                    draft.span,
                    format!("the kind `{}` stands in no version", draft.name),
                )
                .help(
                    "state it once in the module: `kgen::version! { group = \"shop.example.com\", version = \"v1\" }`",
                ),
            );
            return None;
        };
        let kind = text("kind").unwrap_or_else(|| draft.name.clone());
        let fields = self.role_fields(id, draft.span, &kind)?;
        let status = find("status").is_some();
        if status && fields.status.is_none() {
            self.report.push(
                Diagnostic::error(
                    "kind-without-status",
                    draft.span,
                    format!("`{kind}` has the subresource `status` but no such field"),
                )
                .help("add `pub status: Option<..>`, or remove `status`"),
            );
        }
        let lifecycle = find("lifecycle").map(|marker| self.lifecycle(marker));
        let (annotations, labels) = (self.pairs(&uses, "annotation"), self.pairs(&uses, "label"));
        let api_version = &self.versions[version.0 as usize];
        let said = ["plural", "singular", "list_kind"]
            .into_iter()
            .filter(|name| find(name).is_some())
            .collect();
        let resource = Resource {
            ty: id,
            version,
            list_kind: text("list_kind").unwrap_or_else(|| format!("{kind}List")),
            plural: text("plural").unwrap_or_else(|| names::plural(&kind)),
            singular: text("singular").unwrap_or_else(|| kind.to_lowercase()),
            short_names: texts("short_name"),
            categories: texts("category"),
            served: find("served").map_or(api_version.served, is_true),
            storage: false,
            in_crd: find("skip_version").is_none(),
            deprecation: find("deprecated")
                .map(deprecation)
                .or_else(|| api_version.deprecation.clone()),
            lifecycle: lifecycle.or_else(|| api_version.lifecycle.clone()),
            fields,
            subresources: Subresources {
                status,
                scale: find("scale").map(scale),
                is: text("is_subresource"),
                supports: texts("supports_subresource"),
            },
            columns: uses
                .iter()
                .filter(|marker| marker.def.name == "column")
                .map(column)
                .collect(),
            selectable: texts("selectable"),
            annotations,
            labels,
            client: ClientFacts::default(),
            feature_gate: text("feature_gate"),
            span: draft.span,
            places: super::lower::marker_places(&uses),
            scope: match (find("namespaced"), find("cluster")) {
                (Some(_), _) => Scope::Namespaced,
                (None, Some(_)) => Scope::Cluster,
                (None, None) => self.no_scope(draft.span, &kind),
            },
            kind,
        };
        let storage = find("storage").is_some();
        let client = self.client(module, &uses);
        Some(DraftKind {
            resource: Resource { client, ..resource },
            said,
            storage,
        })
    }

    /// Keys and values of annotations or labels.
    fn pairs(&mut self, uses: &[Use<'_>], name: &str) -> BTreeMap<String, String> {
        let mut pairs = BTreeMap::new();
        for marker in uses.iter().filter(|marker| marker.def.name == name) {
            let text = |name| marker.text(name).unwrap_or_default();
            let (key, span) = (text("key"), marker.span_of(&text("key")));
            if pairs.insert(key.clone(), text("value")).is_some() {
                self.report.push(
                    Diagnostic::error("repeated-marker", span, format!("the {name} `{key}` stands here twice"))
                        .help("keep one of them"),
                );
            }
            if !names::is_qualified(&key) {
                self.report.push(
                    Diagnostic::error("bad-name", span, format!("`{key}` cannot be a key of {name}s"))
                        .help("write `name` or `example.com/name` with letters, digits, `-`, `_` and `.`, at most 63"),
                );
            }
        }
        pairs
    }

    fn no_scope(&mut self, span: Span, kind: &str) -> Scope {
        self.report.push(
            Diagnostic::error(
                "kind-without-scope",
                span,
                format!("the kind `{kind}` does not say whether its objects live in namespaces"),
            )
            .help("write `#[kgen(kind, namespaced)]` or `#[kgen(kind, cluster)]`"),
        );
        Scope::Namespaced
    }

    fn role_fields(&mut self, id: TypeId, span: Span, kind: &str) -> Option<RoleFields> {
        let ty = self.types[id.0 as usize].as_ref()?;
        let Shape::Struct(fields) = &ty.shape else {
            self.report.push(
                Diagnostic::error("kind-without-metadata", span, format!("the kind `{kind}` is no struct"))
                    .help("write a struct with `metadata: ObjectMeta`, `spec` and `status`"),
            );
            return None;
        };
        for field in fields
            .iter()
            .filter(|field| matches!(field.wire.as_str(), "apiVersion" | "kind"))
        {
            self.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    field.span,
                    format!("every kind has `{}` already", field.wire),
                )
                .help("remove the field: kgen writes and checks it"),
            );
        }
        let find = |wire: &str| fields.iter().position(|field| field.wire == wire);
        let object_meta = self
            .known
            .get("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")
            .copied();
        let is_meta = |field: &Field| matches!(field.ty, TypeRef::Named(ty) if Some(ty) == object_meta);
        match find("metadata") {
            Some(metadata) if is_meta(&fields[metadata]) => Some(RoleFields {
                metadata,
                spec: find("spec"),
                status: find("status"),
            }),
            found => {
                let span = found.map_or(span, |metadata| fields[metadata].span);
                self.report.push(
                    Diagnostic::error(
                        "kind-without-metadata",
                        span,
                        format!("the kind `{kind}` has no `metadata: ObjectMeta`"),
                    )
                    .help("add `pub metadata: kgen::k8s::ObjectMeta`"),
                );
                None
            }
        }
    }

    fn client(&mut self, module: usize, uses: &[Use<'_>]) -> ClientFacts {
        let mut client = ClientFacts::default();
        if let Some(marker) = uses.iter().find(|marker| marker.def.name == "client") {
            client.none = marker.switch("none");
            client.no_status = marker.switch("no_status");
            client.only = list(marker, "only");
            client.skip = list(marker, "skip");
            if marker.switch("read_only") {
                client.only = ["get", "list", "watch"].map(str::to_owned).to_vec();
            }
            for verb in client.only.iter().chain(&client.skip) {
                self.verb(verb, marker.span_of(verb));
            }
        }
        for marker in uses.iter().filter(|marker| marker.def.name == "method") {
            let verb = marker.text("verb").unwrap_or_default();
            self.verb(&verb, marker.span_of(&verb));
            client.methods.push(ClientMethod {
                name: marker.text("name").unwrap_or_default(),
                verb,
                subresource: marker.text("subresource"),
                input: self.method_type(module, marker, "input"),
                result: self.method_type(module, marker, "result"),
            });
        }
        client
    }

    fn verb(&mut self, verb: &str, span: Span) {
        const VERBS: [&str; 9] = [
            "create",
            "update",
            "delete",
            "deletecollection",
            "get",
            "list",
            "watch",
            "patch",
            "apply",
        ];
        if VERBS.contains(&verb) {
            return;
        }
        let diagnostic = Diagnostic::error("bad-marker-argument", span, format!("there is no verb `{verb}`"));
        self.report.push(match names::closest(verb, VERBS) {
            Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
            None => diagnostic.help(format!("the verbs are {}", VERBS.join(", "))),
        });
    }

    fn method_type(&mut self, module: usize, marker: &Use<'_>, argument: &str) -> Option<TypeId> {
        let UseValue::Path(path) = marker.args_named(argument).next()? else {
            return None;
        };
        let segments: Vec<&str> = path.text.split("::").collect();
        if let Some(super::scope::Target::Type(home, index)) = self.scopes.lookup(module, &segments, false) {
            // Types that only a method names must be declared ones: the queue has been worked off.
            if let Some(id) = self.ids.get(&(home, index, "[]".to_owned())) {
                return Some(*id);
            }
        }
        self.report.push(
            Diagnostic::error(
                "unknown-type",
                path.span,
                format!("cannot find the API type `{}`", path.text),
            )
            .help("name a type of this crate that derives `kgen::Api`"),
        );
        None
    }
}

fn scale(marker: &Use<'_>) -> Scale {
    Scale {
        spec_path: marker.text("spec").unwrap_or_default(),
        status_path: marker.text("status").unwrap_or_default(),
        selector_path: marker.text("selector"),
    }
}

fn column(marker: &Use<'_>) -> Column {
    let priority = match marker.args_named("priority").next().and_then(UseValue::literal) {
        Some(crate::Literal::Int(value)) => i32::try_from(*value).unwrap_or(i32::MAX),
        _ => 0,
    };
    Column {
        name: marker.text("name").unwrap_or_default(),
        path: marker.text("path").unwrap_or_default(),
        type_: marker.text("type").unwrap_or_default(),
        format: marker.text("format"),
        description: marker.text("description"),
        priority,
    }
}

fn list(marker: &Use<'_>, argument: &str) -> Vec<String> {
    match marker.args_named(argument).next().and_then(UseValue::literal) {
        Some(crate::Literal::List(values)) => values
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

/// Compares the versions of each kind, decides the storage version and completes the columns.
pub(super) fn finish(model: &mut Model, kinds: Vec<DraftKind>, storage_versions: &[VersionId], report: &mut Report) {
    let mut by_kind: BTreeMap<(String, String), Vec<DraftKind>> = BTreeMap::new();
    for kind in kinds {
        let group = model.version(kind.resource.version).group.clone();
        by_kind
            .entry((group, kind.resource.kind.clone()))
            .or_default()
            .push(kind);
    }
    for ((group, name), mut versions) in by_kind {
        versions.sort_by(|a, b| {
            let version = |kind: &DraftKind| &model.version(kind.resource.version).version;
            names::compare_versions(version(a), version(b)).then(a.resource.span.cmp(&b.resource.span))
        });
        unique(&name, &mut versions, report);
        agree(&name, &mut versions, report);
        choose_storage(&group, &name, &mut versions, storage_versions, report);
        for DraftKind { mut resource, .. } in versions {
            for at in 0..resource.columns.len() {
                if resource.columns[at].type_.is_empty() {
                    resource.columns[at].type_ = column_type(model, &resource, &resource.columns[at].path).to_owned();
                }
            }
            model.resources.push(resource);
        }
    }
    unique_plurals(model, report);
}

fn unique(kind: &str, versions: &mut Vec<DraftKind>, report: &mut Report) {
    let mut seen: BTreeMap<VersionId, Span> = BTreeMap::new();
    versions.retain(|version| {
        let resource = &version.resource;
        match seen.get(&resource.version) {
            Some(first) => {
                report.push(
                    Diagnostic::error(
                        "duplicate-kind",
                        resource.span,
                        format!("this version has two kinds called `{kind}`"),
                    )
                    .related(*first, "first here")
                    .help("give one of them another name, or move it to another version"),
                );
                false
            }
            None => {
                seen.insert(resource.version, resource.span);
                true
            }
        }
    });
}

/// Names and scope belong to the kind, not to its versions: what one version says holds for all.
fn agree(kind: &str, versions: &mut [DraftKind], report: &mut Report) {
    let Some(first) = versions.first() else { return };
    let (scope, span) = (first.resource.scope, first.resource.span);
    for other in versions.iter().filter(|other| other.resource.scope != scope) {
        disagree(report, kind, "scope", other.resource.span, span);
    }
    agree_on(kind, "plural", versions, report, |resource| &mut resource.plural);
    agree_on(kind, "singular", versions, report, |resource| &mut resource.singular);
    agree_on(kind, "list_kind", versions, report, |resource| &mut resource.list_kind);
    share(kind, "short names", versions, report, |resource| {
        &mut resource.short_names
    });
    share(kind, "categories", versions, report, |resource| {
        &mut resource.categories
    });
    share(kind, "annotations", versions, report, |resource| {
        &mut resource.annotations
    });
    share(kind, "labels", versions, report, |resource| &mut resource.labels);
}

fn disagree(report: &mut Report, kind: &str, what: &str, here: Span, there: Span) {
    report.push(
        Diagnostic::error(
            "disagreeing-versions",
            here,
            format!("the versions of `{kind}` disagree about its {what}"),
        )
        .related(there, "another version is here")
        .help("say it once, at one of the versions, or say the same at each"),
    );
}

fn agree_on(
    kind: &str,
    marker: &'static str,
    versions: &mut [DraftKind],
    report: &mut Report,
    name: fn(&mut Resource) -> &mut String,
) {
    let mut said: Option<(String, Span)> = None;
    for version in versions.iter_mut().filter(|version| version.said.contains(&marker)) {
        let span = version.resource.span;
        let value = name(&mut version.resource).clone();
        match &said {
            Some((first, there)) if *first != value => disagree(report, kind, marker, span, *there),
            Some(_) => {}
            None => said = Some((value, span)),
        }
    }
    if let Some((value, _)) = said {
        for version in versions {
            *name(&mut version.resource) = value.clone();
        }
    }
}

fn share<T: Clone + Default + PartialEq>(
    kind: &str,
    what: &str,
    versions: &mut [DraftKind],
    report: &mut Report,
    facts: fn(&mut Resource) -> &mut T,
) {
    let mut said: Option<(T, Span)> = None;
    for version in versions.iter_mut() {
        let span = version.resource.span;
        let value = facts(&mut version.resource).clone();
        match &said {
            _ if value == T::default() => {}
            Some((first, there)) if *first != value => disagree(report, kind, what, span, *there),
            Some(_) => {}
            None => said = Some((value, span)),
        }
    }
    if let Some((value, _)) = said {
        for version in versions {
            *facts(&mut version.resource) = value.clone();
        }
    }
}

fn choose_storage(
    group: &str,
    kind: &str,
    versions: &mut [DraftKind],
    storage_versions: &[VersionId],
    report: &mut Report,
) {
    let mut marked: Vec<usize> = (0..versions.len()).filter(|at| versions[*at].storage).collect();
    if marked.is_empty() {
        marked = (0..versions.len())
            .filter(|at| storage_versions.contains(&versions[*at].resource.version))
            .collect();
    }
    match marked.as_slice() {
        [only] => versions[*only].resource.storage = true,
        [] if versions.len() == 1 => versions[0].resource.storage = true,
        [] => {
            if let Some(last) = versions.last() {
                report.push(
                    Diagnostic::error(
                        "no-storage-version",
                        last.resource.span,
                        format!("no version of `{kind}` in `{group}` is the one that is stored"),
                    )
                    .help("add `storage` to `kgen::version!` of one version, or to the kind in one version"),
                );
            }
        }
        [first, second, ..] => report.push(
            Diagnostic::error(
                "two-storage-versions",
                versions[*second].resource.span,
                format!("two versions of `{kind}` are stored"),
            )
            .related(versions[*first].resource.span, "this is the other one")
            .help("keep `storage` on one of them"),
        ),
    }
}

fn unique_plurals(model: &Model, report: &mut Report) {
    let mut seen: BTreeMap<(&str, &str), &Resource> = BTreeMap::new();
    for resource in &model.resources {
        let group = model.version(resource.version).group.as_str();
        let first = seen.entry((group, &resource.plural)).or_insert(resource);
        if first.kind != resource.kind {
            report.push(
                Diagnostic::error(
                    "duplicate-kind",
                    resource.span,
                    format!("two kinds share the resource `{}`", resource.plural),
                )
                .related(first.span, format!("`{}` has it first", first.kind))
                .help("give one of them another name: `plural = \"..\"`"),
            );
        }
    }
}

/// The type of a printer column, from the field that its path leads to; what cannot be followed is a string.
fn column_type(model: &Model, resource: &Resource, path: &str) -> &'static str {
    if path == ".metadata.creationTimestamp" || path == ".metadata.deletionTimestamp" {
        return "date";
    }
    let mut ty = &TypeRef::Named(resource.ty);
    for name in path.split('.').skip(1) {
        match member(model, ty, name) {
            Some(next) => ty = next,
            None => return "string",
        }
    }
    match model.wire_type(ty) {
        TypeRef::Bool => "boolean",
        TypeRef::Int(_) => "integer",
        TypeRef::Float(_) => "number",
        TypeRef::Builtin(crate::Builtin::Time | crate::Builtin::MicroTime) => "date",
        _ => "string",
    }
}

/// The type of a member by its JSON name, through options, boxes, newtypes and flattened fields.
fn member<'a>(model: &'a Model, ty: &'a TypeRef, name: &str) -> Option<&'a TypeRef> {
    let TypeRef::Named(id) = model.wire_type(ty) else {
        return None;
    };
    let fields = model.ty(*id).fields()?;
    fields.iter().find_map(|field| match field.layout {
        crate::model::FieldLayout::Member if field.wire == name => Some(&field.ty),
        crate::model::FieldLayout::Flattened => member(model, &field.ty, name),
        crate::model::FieldLayout::Member | crate::model::FieldLayout::Skipped => None,
    })
}
