//! Which modules there are: one for each version of each group, and those above it.

use std::collections::{BTreeMap, BTreeSet};

use kgen_model::draft::DraftModule;
use kgen_model::{Diagnostic, Draft, Report, Span};

use super::CrdOptions;
use super::definition::{Definition, Version};
use super::module::{Mappings, Of, module};
use super::types::Types;

/// The kinds of one version of a group, by name.
struct Kinds<'n, 't> {
    group: (&'n str, Span),
    version: (&'n str, Span),
    kinds: BTreeMap<&'n str, Version<'n, 't>>,
}

/// The modules of all definitions.
pub(super) fn draft(
    definitions: Vec<Definition<'_, '_>>,
    root: &[String],
    options: &CrdOptions,
    report: &mut Report,
) -> Draft {
    let versions = by_version(definitions, report);
    let groups: BTreeSet<&str> = versions.keys().map(|(group, _)| *group).collect();
    let names = group_names(&groups);
    let mut mappings = Mappings {
        types: &options.types,
        used: BTreeSet::new(),
    };
    let mut modules: BTreeMap<Vec<String>, DraftModule> = BTreeMap::new();
    for ((group, version), kinds) in versions {
        let group_path = below(root, &names[group]);
        let path = below(&group_path, &identifier(version));
        let of = Of {
            path: path.clone(),
            group: kinds.group,
            version: kinds.version,
        };
        let parts = Types::of(kinds.kinds.into_iter().collect(), options, report);
        let module = module(of, &parts, &mut mappings, report);
        for above in [root.to_vec(), group_path] {
            let file = module.file;
            modules.entry(above.clone()).or_insert_with(|| DraftModule {
                path: above,
                file,
                ..DraftModule::default()
            });
        }
        modules.insert(path, module);
    }
    unused(&mappings, report);
    Draft {
        modules: modules.into_values().collect(),
    }
}

fn by_version<'n, 't>(
    definitions: Vec<Definition<'n, 't>>,
    report: &mut Report,
) -> BTreeMap<(&'n str, &'n str), Kinds<'n, 't>> {
    let mut versions: BTreeMap<(&str, &str), Kinds<'n, 't>> = BTreeMap::new();
    for Definition {
        group,
        kind,
        versions: of_kind,
    } in definitions
    {
        for version in of_kind {
            let kinds = versions.entry((group.0, version.name.0)).or_insert_with(|| Kinds {
                group,
                version: version.name,
                kinds: BTreeMap::new(),
            });
            if let Some(first) = kinds.kinds.get(kind.0) {
                let message = format!(
                    "`{}` has the kind `{}` twice in version `{}`",
                    group.0, kind.0, version.name.0
                );
                let found = Diagnostic::error("duplicate-kind", version.name.1, message);
                let help = "keep one of them: a channel of definitions, such as standard or experimental, is a source of its own";
                report.push(found.related(first.name.1, "first here").help(help));
                continue;
            }
            kinds.kinds.insert(kind.0, version);
        }
    }
    versions
}

/// The module of each group: its first label, or all of them where an earlier group has that label.
fn group_names<'g>(groups: &BTreeSet<&'g str>) -> BTreeMap<&'g str, String> {
    let mut used = BTreeSet::new();
    let mut names = BTreeMap::new();
    for group in groups {
        let label = identifier(group.split('.').next().unwrap_or_default());
        let name = if used.contains(&label) {
            identifier(group)
        } else {
            label
        };
        used.insert(name.clone());
        names.insert(*group, name);
    }
    names
}

/// The name of a module: `cert-manager` is `cert_manager`.
fn identifier(name: &str) -> String {
    let legal = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    let name: String = name.chars().map(legal).collect();
    match name.as_str() {
        "self" | "super" | "crate" | "" => format!("{name}_"),
        _ if name.starts_with(|first: char| first.is_ascii_digit()) => format!("_{name}"),
        _ => name,
    }
}

fn below(path: &[String], name: &str) -> Vec<String> {
    path.iter().cloned().chain([name.to_owned()]).collect()
}

fn unused(mappings: &Mappings<'_>, report: &mut Report) {
    for name in mappings
        .types
        .keys()
        .filter(|name| !mappings.used.contains(name.as_str()))
    {
        let message = format!("`[types]` names `{name}`, but no type has this name");
        let help =
            "the names of types follow from their places: `OrderSpecLine` is each of `lines` in `spec` of `Order`";
        report.push(Diagnostic::error_without_span("unknown-type", message).help(help));
    }
}
