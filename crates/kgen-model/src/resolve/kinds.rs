//! Kinds: what is said at each version's struct.

use std::collections::{BTreeMap, BTreeSet};

use super::Resolver;
use super::constants::{InModule, says};
use super::lower::marker_places;
use super::scope::Target;
use super::versions::{deprecation, is_true};
use crate::literal::Literal;
use crate::markers::{self, Place, Use, UseValue, Uses};
use crate::model::{
    ClientFacts, ClientMethod, Column, Declaration, Field, Resource, RoleFields, Scale, Scope, Shape, Subresources,
    TypeId, TypeRef, Verb, VersionId,
};
use crate::names;
use crate::report::{Diagnostic, Report};
use crate::span::Span;

/// A kind of one version, before the versions are compared.
pub(super) struct DraftKind {
    pub(super) resource: Resource,
    /// Names that were written, not derived.
    pub(super) said: Vec<&'static str>,
    pub(super) storage: bool,
}

/// A struct that is said to be a kind.
struct Declared {
    module: usize,
    id: TypeId,
    version: VersionId,
    kind: String,
    fields: RoleFields,
    span: Span,
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
        if !says(&draft.markers, "kind") {
            return None;
        }
        // The type's own pass has reported what is wrong with the markers.
        let mut silent = Report::default();
        let constants = InModule {
            scopes: &self.scopes,
            module,
        };
        let uses = markers::check(&draft.markers, &[Place::Type, Place::Kind], &constants, &mut silent);
        let uses = Uses(&uses);
        let version = self.kind_version(module, draft.span, &draft.name)?;
        let kind = uses.text("kind").unwrap_or_else(|| draft.name.clone());
        let fields = self.role_fields(id, draft.span, &kind)?;
        if uses.says("status") && fields.status.is_none() && draft.declaration == Declaration::Written {
            self.no_status(draft.span, &kind);
        }
        let declared = Declared {
            module,
            id,
            version,
            kind,
            fields,
            span: draft.span,
        };
        let names = ["plural", "singular", "list_kind"];
        Some(DraftKind {
            resource: self.resource(declared, uses),
            said: names.into_iter().filter(|name| uses.says(name)).collect(),
            storage: uses.says("storage"),
        })
    }

    fn resource(&mut self, declared: Declared, uses: Uses<'_, '_>) -> Resource {
        let Declared {
            module,
            id,
            version,
            kind,
            fields,
            span,
        } = declared;
        let lifecycle = uses.find("lifecycle").map(|marker| self.lifecycle(marker));
        let (annotations, labels) = (self.pairs(uses, "annotation"), self.pairs(uses, "label"));
        let api_version = &self.versions[version.0 as usize];
        let deprecation = uses.find("deprecated").map(deprecation);
        Resource {
            ty: id,
            version,
            list_kind: uses.text("list_kind").unwrap_or_else(|| format!("{kind}List")),
            plural: uses.text("plural").unwrap_or_else(|| names::plural(&kind)),
            singular: uses.text("singular").unwrap_or_else(|| kind.to_lowercase()),
            short_names: uses.texts("short_name").collect(),
            categories: uses.texts("category").collect(),
            served: uses.find("served").map_or(api_version.served, is_true),
            storage: false,
            in_crd: !uses.says("skip_version"),
            deprecation: deprecation.or_else(|| api_version.deprecation.clone()),
            lifecycle: lifecycle.or_else(|| api_version.lifecycle.clone()),
            fields,
            subresources: subresources(uses),
            columns: uses.all("column").map(column).collect(),
            selectable: uses.texts("selectable").collect(),
            annotations,
            labels,
            webhook: self.webhook(uses),
            omitted: self.omitted(uses),
            strategy: uses.find("strategy").and_then(|marker| self.strategy(module, marker)),
            scope: match (uses.says("namespaced"), uses.says("cluster")) {
                (true, _) => Scope::Namespaced,
                (false, true) => Scope::Cluster,
                (false, false) => self.no_scope(span, &kind),
            },
            verbs: self.verbs(uses),
            client: self.client(module, uses),
            feature_gate: uses.text("feature_gate"),
            kube_derive: None,
            span,
            places: marker_places(uses.0),
            kind,
        }
    }

    fn kind_version(&mut self, module: usize, span: Span, name: &str) -> Option<VersionId> {
        if self.version_of[module].is_none() {
            let message = format!("the kind `{name}` stands in no version");
            let help =
                "state it once in the module: `kgen::version! { group = \"shop.example.com\", version = \"v1\" }`";
            self.report
                .push(Diagnostic::error("kind-without-version", span, message).help(help));
        }
        self.version_of[module]
    }

    fn no_status(&mut self, span: Span, kind: &str) {
        let message = format!("`{kind}` has the subresource `status` but no such field");
        let help = "add `pub status: Option<..>`, or remove `status`";
        self.report
            .push(Diagnostic::error("kind-without-status", span, message).help(help));
    }

    /// Keys and values of annotations or labels.
    fn pairs(&mut self, uses: Uses<'_, '_>, name: &'static str) -> BTreeMap<String, String> {
        let mut pairs = BTreeMap::new();
        for marker in uses.all(name) {
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

    /// What servers let clients do. Subresources have verbs of their own.
    fn verbs(&mut self, uses: Uses<'_, '_>) -> Vec<Verb> {
        let Some(marker) = uses.find("verbs") else {
            return Verb::ALL.to_vec();
        };
        let mut verbs = BTreeSet::new();
        for word in marker.args_named("verbs").filter_map(UseValue::text) {
            match Verb::ALL.into_iter().find(|verb| verb.word() == word) {
                Some(verb) => _ = verbs.insert(verb),
                None => self.unknown_verb(&word, marker.span_of(&word), &Verb::ALL.map(Verb::word)),
            }
        }
        verbs.into_iter().collect()
    }

    fn client(&mut self, module: usize, uses: Uses<'_, '_>) -> ClientFacts {
        let mut client = ClientFacts::default();
        if let Some(marker) = uses.find("client") {
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
        for marker in uses.all("method") {
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
        if !VERBS.contains(&verb) {
            self.unknown_verb(verb, span, &VERBS);
        }
    }

    fn unknown_verb(&mut self, verb: &str, span: Span, known: &[&'static str]) {
        let diagnostic = Diagnostic::error("bad-marker-argument", span, format!("there is no verb `{verb}`"));
        self.report.push(match names::closest(verb, known.iter().copied()) {
            Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
            None => diagnostic.help(format!("the verbs are {}", known.join(", "))),
        });
    }

    fn method_type(&mut self, module: usize, marker: &Use<'_>, argument: &str) -> Option<TypeId> {
        let UseValue::Path(path) = marker.args_named(argument).next()? else {
            return None;
        };
        let segments: Vec<&str> = path.text.split("::").collect();
        if let Some(Target::Type(home, index)) = self.scopes.lookup(module, &segments, false) {
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

fn subresources(uses: Uses<'_, '_>) -> Subresources {
    Subresources {
        status: uses.says("status"),
        scale: uses.find("scale").map(scale),
        is: uses.text("is_subresource"),
        supports: uses.texts("supports_subresource").collect(),
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
        Some(Literal::Int(value)) => i32::try_from(*value).unwrap_or(i32::MAX),
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

pub(super) fn list(marker: &Use<'_>, argument: &str) -> Vec<String> {
    match marker.args_named(argument).next().and_then(UseValue::literal) {
        Some(Literal::List(values)) => values
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}
