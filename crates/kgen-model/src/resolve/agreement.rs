//! What the versions of one kind have to agree upon: names and scope, the storage version, and what follows from all of
//! them.

use std::collections::BTreeMap;

use super::kinds::DraftKind;
use crate::model::{FieldLayout, Model, Resource, TypeRef, VersionId};
use crate::names;
use crate::report::{Diagnostic, Report};
use crate::span::Span;

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
    share(kind, "conversion webhook", versions, report, |resource| {
        &mut resource.webhook
    });
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
                    .help(match last.resource.kube_derive {
                        Some(_) => "write `#[kube(storage = false)]` at every version but one",
                        None => "add `storage` to `kgen::version!` of one version, or to the kind in one version",
                    }),
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
        FieldLayout::Member if field.wire == name => Some(&field.ty),
        FieldLayout::Flattened => member(model, &field.ty, name),
        FieldLayout::Member | FieldLayout::Skipped => None,
    })
}
