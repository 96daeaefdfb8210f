//! Names and facts of a definition as a whole, as far as resolving has not seen to them.

use kgen_model::names::{is_dns_label, is_dns_subdomain};
use kgen_model::{Diagnostic, Model, Report, Resource};

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
    report.extend(bad_keys(storage));
    report.extend(bad_storage(storage));
    report.extend(unserved(model, resources));
    for resource in resources {
        report.extend(bad_warning(resource));
        report.extend(bad_columns(resource));
    }
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
    let plain = [("plural", &storage.plural), ("singular", &storage.singular)].into_iter();
    let lists = storage.short_names.iter().map(|name| ("short_name", name));
    let lists = lists.chain(storage.categories.iter().map(|name| ("category", name)));
    let bad = plain
        .chain(lists)
        .filter(|(_, name)| !is_label(name))
        .map(|(word, name)| {
            let message = format!("the {word} `{name}` of `{}` is no DNS label", storage.kind);
            let help = "use lower-case letters, digits and `-`, beginning with a letter, at most 63";
            Diagnostic::error("bad-name", storage.span, message).help(help)
        });
    let kinds = [("kind", &storage.kind), ("list_kind", &storage.list_kind)].into_iter();
    // The list's name follows that of the kind.
    let bad_kinds = kinds.filter(|(_, name)| !is_kind(name)).take(1).map(|(word, name)| {
        let message = format!("the {word} `{name}` is no name in CamelCase of at most 63 characters");
        Diagnostic::error("bad-name", storage.span, message)
            .help("begin with a capital and use letters and digits only")
    });
    let same = (storage.kind == storage.list_kind).then(|| {
        let message = format!("the kind `{}` and its list have one name", storage.kind);
        Diagnostic::error("bad-name", storage.span, message).help("take `list_kind` away, or append `List`")
    });
    bad.chain(bad_kinds).chain(same).collect()
}

fn repeated_names(storage: &Resource) -> Vec<Diagnostic> {
    let columns = storage.columns.iter().map(|column| &column.name);
    let lists: [(&str, Vec<&String>); 3] = [
        ("short names", storage.short_names.iter().collect()),
        ("categories", storage.categories.iter().collect()),
        ("columns", columns.collect()),
    ];
    let repeated = lists.into_iter().flat_map(|(noun, names)| {
        let again = names
            .iter()
            .enumerate()
            .filter(|(at, name)| names[..*at].contains(name));
        again
            .map(|(_, name)| {
                let message = format!("two {noun} of `{}` are `{name}`", storage.kind);
                Diagnostic::error("duplicate-name", storage.span, message)
                    .help("say it once, or give one of them another name")
            })
            .collect::<Vec<_>>()
    });
    repeated.collect()
}

/// Keys of labels and annotations, and values of labels.
fn bad_keys(storage: &Resource) -> Vec<Diagnostic> {
    let error = |message: String, help: &str| Diagnostic::error("bad-name", storage.span, message).help(help);
    let keys = storage.annotations.keys().map(|key| ("annotation", key));
    let keys = keys.chain(storage.labels.keys().map(|key| ("label", key)));
    let bad_keys = keys.filter(|(_, key)| !is_label_key(key)).map(|(word, key)| {
        let message = format!("the key `{key}` is none that an {word} may have").replace("an label", "a label");
        error(
            message,
            "write a name of at most 63 letters, digits, `-`, `_` and `.`, with a prefix such as `example.com/`",
        )
    });
    let values = storage
        .labels
        .iter()
        .filter(|(_, value)| !value.is_empty() && !is_label_name(value));
    let bad_values = values.map(|(key, value)| {
        let message = format!("the value `{value}` of the label `{key}` is none that a label may have");
        error(
            message,
            "use at most 63 letters, digits, `-`, `_` and `.`, or make it an annotation",
        )
    });
    bad_keys.chain(bad_values).collect()
}

fn is_label_key(key: &str) -> bool {
    match key.split_once('/') {
        Some((prefix, name)) => is_dns_subdomain(prefix) && is_label_name(name),
        None => is_label_name(key),
    }
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
    Some(Diagnostic::error("bad-deprecation", resource.span, message).help(help))
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
    let bad = |name: &str, word: &str, value: &str, known: &[&str]| {
        let message = format!("the column `{name}` has the {word} `{value}`, which servers do not know");
        Diagnostic::error("bad-column", resource.span, message).help(format!("write one of {}", known.join(", ")))
    };
    let columns = resource.columns.iter().flat_map(|column| {
        let type_ = (!TYPES.contains(&column.type_.as_str())).then(|| bad(&column.name, "type", &column.type_, &TYPES));
        let format = column
            .format
            .as_ref()
            .filter(|format| !FORMATS.contains(&format.as_str()));
        type_
            .into_iter()
            .chain(format.map(|format| bad(&column.name, "format", format, &FORMATS)))
    });
    columns.collect()
}
