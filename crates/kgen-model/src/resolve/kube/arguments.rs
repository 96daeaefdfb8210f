//! The arguments of `#[kube(..)]`, as kube-derive 5 reads them.

use std::collections::BTreeMap;

use super::attributes::{arguments, find, items, named, switch, text, value};
use crate::draft::{DraftForeign, DraftType};
use crate::expr::{Expr, ExprKind};
use crate::literal::Literal;
use crate::model::{Column, Deprecation, Scale};
use crate::names;
use crate::report::{Diagnostic, Report};
use crate::span::Span;

/// Every argument that kube-derive knows.
const KNOWN: [&str; 26] = [
    "annotation",
    "attr",
    "category",
    "cel",
    "crates",
    "deprecated",
    "derive",
    "doc",
    "group",
    "kind",
    "label",
    "namespaced",
    "no_spec",
    "plural",
    "printcolumn",
    "root",
    "scale",
    "schema",
    "selectable",
    "served",
    "shortname",
    "singular",
    "status",
    "storage",
    "validation",
    "version",
];

/// What `#[kube(..)]` says.
#[derive(Clone, Debug)]
pub(in crate::resolve) struct Arguments {
    pub(in crate::resolve) group: String,
    pub(in crate::resolve) version: String,
    pub(in crate::resolve) kind: String,
    /// The name of the Rust type that kube-derive makes.
    pub(super) root: String,
    pub(super) plural: String,
    pub(super) singular: String,
    pub(super) namespaced: bool,
    pub(super) no_spec: bool,
    pub(super) doc: Option<String>,
    pub(super) derives: Vec<String>,
    pub(super) mode: Mode,
    pub(super) status: Option<(String, Span)>,
    pub(super) categories: Vec<String>,
    pub(super) short_names: Vec<String>,
    pub(super) columns: Vec<Column>,
    pub(super) selectable: Vec<String>,
    pub(super) scale: Option<Scale>,
    pub(super) annotations: BTreeMap<String, String>,
    pub(super) labels: BTreeMap<String, String>,
    pub(super) rules: Vec<Expr>,
    pub(super) storage: Option<bool>,
    pub(super) served: bool,
    pub(super) deprecation: Option<Deprecation>,
    /// Where the group is said.
    pub(in crate::resolve) span: Span,
}

/// What `schema = ".."` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Derived,
    Manual,
    Disabled,
}

/// Reads the attribute. `None` after a finding.
pub(super) fn read(draft: &DraftType, foreign: &DraftForeign, report: &mut Report) -> Option<Arguments> {
    let all = items(Some(foreign), "kube");
    all.iter().for_each(|item| unknown(item, report));
    let string = |name: &str| find(&all, name).and_then(value).and_then(text);
    let strings = |name: &str| -> Vec<String> {
        let values = named(&all, name).into_iter().filter_map(value);
        values.filter_map(text).collect()
    };
    let on = |name: &str| find(&all, name).and_then(switch);
    let needed = ["group", "version", "kind"].map(|name| {
        let found = string(name);
        if found.is_none() {
            report.push(missing(name, draft));
        }
        found
    });
    let [Some(group), Some(version), Some(kind)] = needed else {
        return None;
    };
    if let Some(scale) = find(&all, "scale").filter(|_| find(&all, "status").is_none()) {
        report.push(forgotten(scale));
    }
    let singular = string("singular").unwrap_or_else(|| kind.to_ascii_lowercase());
    Some(Arguments {
        root: string("root").unwrap_or_else(|| kind.clone()),
        plural: string("plural").unwrap_or_else(|| plural(&singular)),
        namespaced: on("namespaced") == Some(true),
        no_spec: on("no_spec") == Some(true),
        doc: string("doc"),
        derives: strings("derive"),
        mode: mode(&all, report),
        status: find(&all, "status")
            .and_then(value)
            .and_then(|path| Some((text(path)?, path.span))),
        categories: strings("category"),
        short_names: strings("shortname"),
        columns: named(&all, "printcolumn").into_iter().map(column).collect(),
        selectable: strings("selectable"),
        scale: find(&all, "scale").map(scale),
        annotations: pairs(&all, "annotation"),
        labels: pairs(&all, "label"),
        rules: named(&all, "validation")
            .into_iter()
            .filter_map(value)
            .cloned()
            .collect(),
        storage: on("storage"),
        served: on("served") != Some(false),
        deprecation: find(&all, "deprecated").map(|item| Deprecation {
            warning: value(item).and_then(text),
        }),
        span: find(&all, "group").map_or(draft.span, |item| item.span),
        group,
        version,
        kind,
        singular,
    })
}

fn missing(name: &str, draft: &DraftType) -> Diagnostic {
    let message = format!("`#[kube(..)]` on `{}` does not say its `{name}`", draft.name);
    Diagnostic::error("kube-attribute", draft.span, message)
        .help("write `#[kube(group = \"shop.example.com\", version = \"v1\", kind = \"Order\")]`")
}

fn forgotten(scale: &Expr) -> Diagnostic {
    let message = "without `status`, kube-derive forgets the `scale`";
    Diagnostic::warning("kube-attribute", scale.span, message).help("add `status = \"..\"`, or take `scale` away")
}

fn unknown(item: &Expr, report: &mut Report) {
    let Some(name) = item.name() else {
        let error = Diagnostic::error("kube-attribute", item.span, "kube-derive has no such argument");
        report.push(error.help("its arguments are `word`, `word = value` and `word(..)`"));
        return;
    };
    if KNOWN.contains(&name.text.as_str()) {
        return;
    }
    let message = format!("kube-derive has no argument `{}`", name.text);
    let error = Diagnostic::error("kube-attribute", name.span, message);
    report.push(match names::closest(&name.text, KNOWN) {
        Some(close) => error.help(format!("did you mean `{close}`?")),
        None => error.help("kgen reads the arguments of kube-derive 5; take this one away"),
    });
}

fn mode(all: &[&Expr], report: &mut Report) -> Mode {
    let Some(item) = find(all, "schema") else {
        return Mode::Derived;
    };
    match value(item).and_then(text).as_deref() {
        Some("derived") => Mode::Derived,
        Some("manual") => Mode::Manual,
        Some("disabled") => Mode::Disabled,
        _ => {
            let error = Diagnostic::error("kube-attribute", item.span, "there is no such mode of schemas");
            report.push(error.help("write `derived`, `manual` or `disabled`"));
            Mode::Derived
        }
    }
}

/// Members of a call, or of JSON in a string, by their names.
fn member(item: &Expr, name: &str, json: &str) -> Option<Literal> {
    match value(item).map(|value| &value.kind) {
        Some(ExprKind::Literal(Literal::Object(members))) => members.get(json).cloned(),
        Some(_) => None,
        None => {
            let args: Vec<&Expr> = arguments(item).iter().collect();
            find(&args, name).and_then(value)?.literal()
        }
    }
}

fn column(item: &Expr) -> Column {
    let string = |name, json| member(item, name, json).and_then(|value| value.as_str().map(str::to_owned));
    Column {
        name: string("name", "name").unwrap_or_default(),
        path: string("json_path", "jsonPath").unwrap_or_default(),
        type_: string("type_", "type").unwrap_or_default(),
        format: string("format", "format"),
        description: string("description", "description"),
        priority: match member(item, "priority", "priority") {
            Some(Literal::Int(value)) => i32::try_from(value).unwrap_or(i32::MAX),
            _ => 0,
        },
    }
}

fn scale(item: &Expr) -> Scale {
    let string = |name, json| member(item, name, json).and_then(|value| value.as_str().map(str::to_owned));
    Scale {
        spec_path: string("spec_replicas_path", "specReplicasPath").unwrap_or_default(),
        status_path: string("status_replicas_path", "statusReplicasPath").unwrap_or_default(),
        selector_path: string("label_selector_path", "labelSelectorPath"),
    }
}

/// `annotation("key", "value")`
fn pairs(all: &[&Expr], name: &str) -> BTreeMap<String, String> {
    let pair = |item: &Expr| match arguments(item) {
        [key, value] => Some((text(key)?, text(value)?)),
        _ => None,
    };
    named(all, name).into_iter().filter_map(pair).collect()
}

/// The plural that kube-derive takes: `es` after a hissing sound, `ies` for `y` after a consonant, else `s`.
fn plural(singular: &str) -> String {
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| singular.ends_with(end)) {
        return format!("{singular}es");
    }
    let stem = singular.strip_suffix('y');
    match stem.filter(|stem| stem.ends_with(|last| !matches!(last, 'a' | 'e' | 'i' | 'o' | 'u'))) {
        Some(stem) => format!("{stem}ies"),
        None => format!("{singular}s"),
    }
}
