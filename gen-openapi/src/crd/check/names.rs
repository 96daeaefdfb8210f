//! Names and facts of a definition as a whole, as far as resolving has not seen to them.

use kgen_model::names::{is_dns_label, is_dns_subdomain};
use kgen_model::{Diagnostic, Model, Report, Resource, Span};

/// Groups that Kubernetes keeps for itself.
const PROTECTED: [&str; 2] = ["k8s.io", "kubernetes.io"];
const APPROVAL: &str = "api-approved.kubernetes.io";

/// `resources` are the versions of one kind, the storage version first.
pub(super) fn check(model: &Model, resources: &[&Resource], report: &mut Report) {
    let storage = resources[0];
    let group = &model.version(storage.version).group;
    report.extend(bad_group(model, storage));
    report.extend(missing_approval(storage, group));
    report.extend(bad_names(storage));
    let name = format!("{}.{group}", storage.plural);
    if !is_dns_subdomain(&name) && is_dns_subdomain(group) && is_dns_label(&storage.plural) {
        let message = format!("the name of the definition, `{name}`, is longer than 253 bytes");
        report.push(Diagnostic::error("bad-name", storage.span, message).help("shorten the group or the plural"));
    }
    report.extend(repeated_names(storage));
    report.extend(bad_labels(storage));
    report.extend(bad_storage(storage));
    report.extend(unserved(model, resources));
    for resource in resources {
        report.extend(bad_warning(resource));
        report.extend(bad_columns(resource));
    }
}

/// Where a marker of the kind stands; its struct if nobody wrote it there.
fn at(resource: &Resource, marker: &str, index: usize) -> Span {
    resource.places.nth(marker, index).unwrap_or(resource.span)
}

fn bad_group(model: &Model, storage: &Resource) -> Option<Diagnostic> {
    let version = model.version(storage.version);
    if version.group.contains('.') {
        return None;
    }
    let message = format!("the group `{}` of `{}` has no dot", version.group, storage.kind);
    let help = "a definition needs a group under a domain, such as `shop.example.com`; or switch it off: `generate(crd = false)`";
    Some(Diagnostic::error("bad-name", version.span, message).help(help))
}

fn missing_approval(storage: &Resource, group: &str) -> Option<Diagnostic> {
    let domain = PROTECTED.into_iter().find(|domain| {
        group
            .strip_suffix(domain)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })?;
    if storage.annotations.contains_key(APPROVAL) {
        return None;
    }
    let message = format!("servers accept a definition in `{domain}` only with the annotation `{APPROVAL}`");
    let help = format!("add `annotation(\"{APPROVAL}\", \"unapproved, ..\")`, or use a group of your own");
    Some(Diagnostic::error("missing-approval", storage.span, message).help(help))
}

fn bad_names(storage: &Resource) -> Vec<Diagnostic> {
    let plain = [("plural", 0, &storage.plural), ("singular", 0, &storage.singular)].into_iter();
    let short_names = storage.short_names.iter().enumerate();
    let categories = storage.categories.iter().enumerate();
    let bad = plain
        .chain(short_names.map(|(index, name)| ("short_name", index, name)))
        .chain(categories.map(|(index, name)| ("category", index, name)))
        .filter(|(_, _, name)| !is_label(name))
        .map(|(word, index, name)| {
            let message = format!("the {word} `{name}` of `{}` is no DNS label", storage.kind);
            let help = "use lower-case letters, digits and `-`, beginning with a letter, at most 63";
            Diagnostic::error("bad-name", at(storage, word, index), message).help(help)
        });
    let kinds = [("kind", &storage.kind), ("list_kind", &storage.list_kind)].into_iter();
    // The list's name follows that of the kind.
    let bad_kinds = kinds.filter(|(_, name)| !is_kind(name)).take(1).map(|(word, name)| {
        let message = format!("the {word} `{name}` is no name in CamelCase of at most 63 characters");
        Diagnostic::error("bad-name", at(storage, word, 0), message)
            .help("begin with a capital and use letters and digits only")
    });
    let same = (storage.kind == storage.list_kind).then(|| {
        let message = format!("the kind `{}` and its list have one name", storage.kind);
        Diagnostic::error("bad-name", at(storage, "list_kind", 0), message)
            .help("take `list_kind` away, or append `List`")
    });
    bad.chain(bad_kinds).chain(same).collect()
}

fn repeated_names(storage: &Resource) -> Vec<Diagnostic> {
    let columns = storage.columns.iter().map(|column| &column.name);
    let lists: [(&str, &str, Vec<&String>); 3] = [
        ("short names", "short_name", storage.short_names.iter().collect()),
        ("categories", "category", storage.categories.iter().collect()),
        ("columns", "column", columns.collect()),
    ];
    let repeated = lists.into_iter().flat_map(|(noun, marker, names)| {
        let again = names
            .iter()
            .enumerate()
            .filter(|(at, name)| names[..*at].contains(name));
        again
            .map(|(index, name)| {
                let message = format!("two {noun} of `{}` are `{name}`", storage.kind);
                Diagnostic::error("duplicate-name", at(storage, marker, index), message)
                    .help("say it once, or give one of them another name")
            })
            .collect::<Vec<_>>()
    });
    repeated.collect()
}

/// Values of labels; resolving has seen to the keys.
fn bad_labels(storage: &Resource) -> Vec<Diagnostic> {
    let values = storage
        .labels
        .iter()
        .filter(|(_, value)| !value.is_empty() && !is_label_name(value));
    let bad_values = values.map(|(key, value)| {
        let message = format!("the value `{value}` of the label `{key}` is none that a label may have");
        Diagnostic::error("bad-name", at(storage, "label", 0), message)
            .help("use at most 63 letters, digits, `-`, `_` and `.`, or make it an annotation")
    });
    bad_values.collect()
}

fn is_label_name(name: &str) -> bool {
    let is_end = |c: char| c.is_ascii_alphanumeric();
    let is_inner = |c: char| is_end(c) || matches!(c, '-' | '_' | '.');
    name.len() <= 63 && name.chars().all(is_inner) && name.starts_with(is_end) && name.ends_with(is_end)
}

fn is_label(name: &str) -> bool {
    is_dns_label(name) && name.starts_with(|first: char| first.is_ascii_lowercase())
}

fn is_kind(name: &str) -> bool {
    let is_legal = name.starts_with(|first: char| first.is_ascii_uppercase()) && name.len() <= 63;
    is_legal && name.chars().all(|character| character.is_ascii_alphanumeric())
}

/// The storage version comes first if it is in the definition at all.
fn bad_storage(storage: &Resource) -> Option<Diagnostic> {
    (!storage.storage).then(|| {
        let message = format!(
            "the version of `{}` that is stored is not in its definition",
            storage.kind
        );
        Diagnostic::error("no-storage-version", storage.span, message)
            .help("take `skip_version` away from that version")
    })
}

fn unserved(model: &Model, resources: &[&Resource]) -> Option<Diagnostic> {
    let is_served = |resource: &&&Resource| resource.served && model.version(resource.version).served;
    resources.iter().all(|resource| !is_served(&resource)).then(|| {
        let storage = resources[0];
        let message = format!("no version of `{}` is served", storage.kind);
        Diagnostic::error("no-served-version", storage.span, message)
            .help("take `served = false` away from one of them")
    })
}

fn bad_warning(resource: &Resource) -> Option<Diagnostic> {
    let warning = resource.deprecation.as_ref()?.warning.as_ref()?;
    let why = if warning.is_empty() {
        "is empty"
    } else if warning.len() > 256 {
        "is longer than 256 bytes"
    } else if warning.chars().any(char::is_control) {
        "has characters that cannot be printed, such as a line break"
    } else {
        return None;
    };
    let message = format!("the deprecation warning of `{}` {why}", resource.kind);
    let help = "say in one short line what to use instead, or nothing: servers have a standard warning";
    Some(Diagnostic::error("bad-deprecation", at(resource, "deprecated", 0), message).help(help))
}

/// Types and formats of columns are words that a server knows.
fn bad_columns(resource: &Resource) -> Vec<Diagnostic> {
    const TYPES: [&str; 5] = ["boolean", "date", "integer", "number", "string"];
    const FORMATS: [&str; 8] = [
        "byte",
        "date",
        "date-time",
        "double",
        "float",
        "int32",
        "int64",
        "password",
    ];
    let bad = |index: usize, name: &str, word: &str, value: &str, known: &[&str]| {
        let message = format!("the column `{name}` has the {word} `{value}`, which servers do not know");
        Diagnostic::error("bad-column", at(resource, "column", index), message)
            .help(format!("write one of {}", known.join(", ")))
    };
    let columns = resource.columns.iter().enumerate().flat_map(|(index, column)| {
        let type_ =
            (!TYPES.contains(&column.type_.as_str())).then(|| bad(index, &column.name, "type", &column.type_, &TYPES));
        let format = column
            .format
            .as_ref()
            .filter(|format| !FORMATS.contains(&format.as_str()));
        type_
            .into_iter()
            .chain(format.map(|format| bad(index, &column.name, "format", format, &FORMATS)))
    });
    columns.collect()
}
