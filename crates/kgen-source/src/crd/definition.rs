//! A definition, taken apart: what it says of the kind as markers, and the schema of each version as it stands. Every
//! member is either kept, refused, or one of those that mean nothing.

mod version;

use kgen_model::names::closest;
use kgen_model::{Expr, Literal, Report, Span};

use super::at::At;
use super::mark;
use super::schema::{switch, text, texts, wrong};
use super::yaml::{Entry, Kind};

/// What an object has that says nothing of the API: a server fills it in, or it says what is so without it.
const OF_SERVERS: [&str; 8] = [
    "creationTimestamp",
    "finalizers",
    "generation",
    "managedFields",
    "ownerReferences",
    "resourceVersion",
    "selfLink",
    "uid",
];

/// One definition.
#[derive(Debug)]
pub(super) struct Definition<'n, 't> {
    pub(super) group: (&'n str, Span),
    pub(super) kind: (&'n str, Span),
    pub(super) versions: Vec<Version<'n, 't>>,
}

/// One version of a definition.
#[derive(Debug)]
pub(super) struct Version<'n, 't> {
    pub(super) name: (&'n str, Span),
    /// The markers of the kind in this version.
    pub(super) markers: Vec<Expr>,
    /// The schema of the whole object.
    pub(super) schema: At<'n, 't>,
}

/// Reads a definition. `None` when it cannot be used at all; the report says why.
pub(super) fn read<'n, 't>(document: &At<'n, 't>, report: &mut Report) -> Option<Definition<'n, 't>> {
    let mut markers = Vec::new();
    for at in members(document) {
        match at.key() {
            "apiVersion" | "kind" | "spec" | "status" => {}
            "metadata" => metadata(&at, &mut markers, report),
            other => unknown(&at, other, &["apiVersion", "kind", "metadata", "spec"], report),
        }
    }
    let spec = needed(document, "spec", report)?;
    let mut reader = Reader {
        group: None,
        kind: None,
        markers,
        versions: None,
        report,
    };
    members(&spec).for_each(|at| reader.of_spec(&at));
    reader.finish(&spec, document)
}

/// The members of an object that say something.
fn members<'n, 't>(at: &At<'n, 't>) -> impl Iterator<Item = At<'n, 't>> {
    let entries = at.node.entries().unwrap_or_default();
    let said = entries.iter().filter(|entry| !matches!(entry.value.kind, Kind::Null));
    let at = at.clone();
    said.map(move |entry: &'n Entry<'t>| at.member(entry))
}

fn needed<'n, 't>(at: &At<'n, 't>, name: &str, report: &mut Report) -> Option<At<'n, 't>> {
    let found = at.get(name);
    if found.is_none() {
        let message = format!("`{name}` is missing");
        report.push(
            at.error("bad-crd", message)
                .help(format!("add `{name}`: servers want it")),
        );
    }
    found
}

fn unknown(at: &At<'_, '_>, name: &str, known: &[&str], report: &mut Report) {
    let found = at.error("unknown-keyword", format!("a definition has no `{name}` here"));
    report.push(match closest(name, known.iter().copied()) {
        Some(close) => found.help(format!("did you mean `{close}`?")).suggest(at.span, close),
        None => found.help("servers drop what they do not know: take it away"),
    });
}

/// Annotations and labels; the name follows from that of the kind.
fn metadata(at: &At<'_, '_>, markers: &mut Vec<Expr>, report: &mut Report) {
    for member in members(at) {
        match member.key() {
            "name" | "generateName" | "namespace" => {}
            "annotations" => markers.extend(pairs(&member, "annotation", report)),
            "labels" => markers.extend(pairs(&member, "label", report)),
            other if OF_SERVERS.contains(&other) => {}
            other => unknown(&member, other, &["annotations", "labels", "name"], report),
        }
    }
}

fn pairs(at: &At<'_, '_>, name: &str, report: &mut Report) -> Vec<Expr> {
    let mut pairs = Vec::new();
    for member in members(at) {
        if let Some(value) = text(&member, report) {
            let args = vec![
                mark::literal(member.key(), member.span),
                mark::literal(value, member.span),
            ];
            pairs.push(mark::call(name, args, member.span));
        }
    }
    pairs
}

struct Reader<'n, 't, 'r> {
    group: Option<(&'n str, Span)>,
    kind: Option<(&'n str, Span)>,
    /// What all versions say.
    markers: Vec<Expr>,
    versions: Option<At<'n, 't>>,
    report: &'r mut Report,
}

impl<'n, 't> Reader<'n, 't, '_> {
    fn of_spec(&mut self, at: &At<'n, 't>) {
        match at.key() {
            "group" => self.group = text(at, self.report).map(|text| (text, at.node.span)),
            "names" => self.names(at),
            "scope" => self.scope(at),
            "versions" => self.versions = Some(at.clone()),
            "conversion" => self.conversion(at),
            "preserveUnknownFields" => {
                if switch(at, self.report).is_some() {
                    let message = "servers refuse `preserveUnknownFields: true` in a definition of v1";
                    let help = "say `x-kubernetes-preserve-unknown-fields: true` in the schema, where it is meant";
                    self.report.push(at.error("not-structural", message).help(help));
                }
            }
            other => {
                let known = [
                    "conversion",
                    "group",
                    "names",
                    "preserveUnknownFields",
                    "scope",
                    "versions",
                ];
                unknown(at, other, &known, self.report);
            }
        }
    }

    fn names(&mut self, at: &At<'n, 't>) {
        const NAMES: [&str; 6] = ["categories", "kind", "listKind", "plural", "shortNames", "singular"];
        for member in members(at) {
            let span = member.span;
            match member.key() {
                "kind" => self.kind = text(&member, self.report).map(|text| (text, member.node.span)),
                "plural" => self.name(&member, "plural"),
                "singular" => self.name(&member, "singular"),
                "listKind" => self.name(&member, "list_kind"),
                key @ ("shortNames" | "categories") => {
                    let marker = if key == "shortNames" { "short_name" } else { "category" };
                    let names = texts(&member, self.report).unwrap_or_default();
                    self.markers
                        .extend(names.into_iter().map(|(name, _)| mark::assign(marker, name, span)));
                }
                other => unknown(&member, other, &NAMES, self.report),
            }
        }
    }

    fn name(&mut self, at: &At<'n, 't>, marker: &str) {
        let name = text(at, self.report).filter(|name| !name.is_empty());
        self.markers
            .extend(name.map(|name| mark::assign(marker, name, at.span)));
    }

    fn scope(&mut self, at: &At<'n, 't>) {
        let marker = match text(at, self.report) {
            Some("Namespaced") => "namespaced",
            Some("Cluster") => "cluster",
            Some(other) => {
                let message = format!("there is no scope `{other}`");
                self.report
                    .push(at.error("bad-crd", message).help("write `Namespaced` or `Cluster`"));
                return;
            }
            None => return,
        };
        self.markers.push(mark::flag(marker, at.span));
    }

    fn conversion(&mut self, at: &At<'n, 't>) {
        let strategy = at.get("strategy").and_then(|at| text(&at, self.report));
        for member in members(at) {
            match (member.key(), strategy) {
                ("strategy", Some("None" | "Webhook")) => {}
                ("webhook", Some("Webhook")) => self.webhook(&member),
                ("strategy", _) => {
                    let message = format!("there is no conversion strategy `{}`", strategy.unwrap_or_default());
                    self.report
                        .push(member.error("bad-crd", message).help("write `None` or `Webhook`"));
                }
                (other, _) => unknown(&member, other, &["strategy", "webhook"], self.report),
            }
        }
        if strategy == Some("Webhook") {
            needed(at, "webhook", self.report);
        }
    }

    fn webhook(&mut self, at: &At<'n, 't>) {
        let mut args = Vec::new();
        if let Some(versions) = needed(at, "conversionReviewVersions", self.report) {
            let names = texts(&versions, self.report).unwrap_or_default();
            let names = mark::list(names.into_iter().map(|(name, _)| Literal::from(name)), versions.span);
            args.push(mark::assign_expr("versions", names, versions.span));
        }
        let config = needed(at, "clientConfig", self.report);
        let service = config.as_ref().and_then(|config| config.get("service"));
        for member in config.iter().chain(&service).flat_map(members) {
            let name = match member.key() {
                "caBundle" => "ca_bundle",
                name @ ("url" | "namespace" | "name" | "path" | "port") => name,
                "service" => continue,
                other => {
                    unknown(&member, other, &["caBundle", "service", "url"], self.report);
                    continue;
                }
            };
            args.push(mark::assign(name, member.node.literal(), member.span));
        }
        self.markers.push(mark::call("conversion_webhook", args, at.span));
    }

    fn finish(mut self, spec: &At<'n, 't>, document: &At<'n, 't>) -> Option<Definition<'n, 't>> {
        let (Some(group), Some(kind)) = (self.group, self.kind) else {
            if self.group.is_none() {
                needed(spec, "group", self.report);
            }
            match spec.get("names") {
                Some(names) => drop(needed(&names, "kind", self.report)),
                None => drop(needed(spec, "names", self.report)),
            }
            return None;
        };
        if group.0.is_empty() {
            let at = spec.get("group")?;
            let help = "a definition needs a group under a domain, such as `shop.example.com`";
            self.report.push(at.error("bad-crd", "the group is empty").help(help));
            return None;
        }
        self.agrees_with_name(spec, document, group.0);
        let versions = needed(spec, "versions", self.report)?;
        let Some(elements) = versions.elements() else {
            wrong(&versions, "a list of versions", self.report);
            return None;
        };
        let versions: Vec<_> = elements
            .filter_map(|at| version::read(&at, self.markers.clone(), self.report))
            .collect();
        Some(Definition { group, kind, versions })
    }

    /// The name of a definition is made of two others.
    fn agrees_with_name(&mut self, spec: &At<'n, 't>, document: &At<'n, 't>, group: &str) {
        let plural = spec.get("names").and_then(|names| names.get("plural"));
        let name = document.get("metadata").and_then(|metadata| metadata.get("name"));
        let (Some(plural), Some(name)) = (plural, name) else {
            return;
        };
        let (Some(plural), Some(have)) = (plural.node.text(), name.node.text()) else {
            return;
        };
        let wanted = format!("{plural}.{group}");
        if have != wanted {
            let message = format!("the name of this definition is `{have}`, but its plural and group make `{wanted}`");
            self.report
                .push(name.error("bad-crd", message).help(format!("write `{wanted}`")));
        }
    }
}
