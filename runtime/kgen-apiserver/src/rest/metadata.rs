//! The rules of `metadata`: what the server sets, what clients may say, and what stays as it is.
//!
//! The texts are those of `k8s.io/apimachinery/pkg/api/validation`.

use std::collections::{BTreeMap, BTreeSet};

use kgen::k8s::{ManagedFieldsEntry, ObjectMeta, OwnerReference};
use kgen::validation::{BadValue, Error, Errors, Path, formats};

use crate::apply::{MAX_MANAGER_LENGTH, is_print};
use crate::failure::Failure;
use crate::request::Warnings;
use crate::strategy::Names;

/// How many bytes all annotations of an object may have, keys and values.
const ANNOTATIONS_LIMIT: usize = 256 << 10;

/// How many surplus controllers are told of. Each of these errors shows all owners, and together they may not take memory
/// that grows with the square of the body.
const MOST_CONTROLLERS: usize = 4;

/// How many bytes the name of a subresource of a manager may have.
const SUBRESOURCE_LIMIT: usize = 256;

/// What the garbage collector waits for to let dependents live.
pub(super) const ORPHAN: &str = "orphan";

/// What the garbage collector waits for to delete dependents first.
pub(super) const FOREGROUND: &str = "foregroundDeletion";

/// Whether a text is absent or empty, which is the same in metadata.
pub(super) fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(str::is_empty)
}

/// Puts the namespace of the request into an object that has none.
///
/// # Errors
/// If the object is of another.
pub(super) fn settle_namespace(metadata: &mut ObjectMeta, namespace: Option<&str>) -> Result<(), Failure> {
    match (namespace, metadata.namespace.as_deref()) {
        (None, None | Some("")) => metadata.namespace = None,
        (Some(namespace), None | Some("")) => metadata.namespace = Some(namespace.to_owned()),
        (Some(namespace), Some(given)) if namespace == given => {}
        (None, Some(_)) => metadata.namespace = None,
        (Some(_), Some(_)) => {
            let why = "the namespace of the provided object does not match the namespace sent on the request";
            return Err(Failure::bad_request(why));
        }
    }
    Ok(())
}

/// Removes what only the server says of a new object.
pub(super) fn wipe(metadata: &mut ObjectMeta) {
    metadata.creation_timestamp = None;
    metadata.deletion_grace_period_seconds = None;
    metadata.deletion_timestamp = None;
    metadata.generation = None;
    metadata.self_link = None;
    metadata.uid = None;
}

/// Puts back what a client cannot change.
pub(super) fn restore(new: &mut ObjectMeta, old: &ObjectMeta) {
    new.generation = old.generation;
    new.self_link = None;
    if is_blank(new.uid.as_deref()) {
        new.uid.clone_from(&old.uid);
    }
    if old.creation_timestamp.is_some() {
        new.creation_timestamp.clone_from(&old.creation_timestamp);
    }
    if old.deletion_timestamp.is_some() {
        new.deletion_timestamp.clone_from(&old.deletion_timestamp);
    }
    if new.deletion_grace_period_seconds.is_none() {
        new.deletion_grace_period_seconds = old.deletion_grace_period_seconds;
    }
}

/// Leaves out what is empty, as the Go servers do, and each owner but once; the client is told of owners that were there
/// more than once.
pub(super) fn tidy(metadata: &mut ObjectMeta, warnings: &Warnings) {
    unite_owners(metadata, warnings);
    metadata.annotations.take_if(|annotations| annotations.is_empty());
    metadata.finalizers.take_if(|finalizers| finalizers.is_empty());
    metadata.labels.take_if(|labels| labels.is_empty());
    metadata.owner_references.take_if(|owners| owners.is_empty());
}

fn unite_owners(metadata: &mut ObjectMeta, warnings: &Warnings) {
    let Some(owners) = &mut metadata.owner_references else {
        return;
    };
    let mut seen = BTreeSet::new();
    let is_new: Vec<bool> = owners.iter().map(|owner| seen.insert(identity(owner))).collect();
    let mut told = BTreeSet::new();
    let repeated = owners.iter().zip(&is_new).filter(|(_, is_new)| !**is_new);
    let repeated: Vec<&str> = repeated
        .map(|(owner, _)| owner.uid.as_str())
        .filter(|uid| told.insert(*uid))
        .collect();
    if !repeated.is_empty() {
        warnings.add(format!(
            ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may \
             reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: {}",
            repeated.join(", ")
        ));
    }
    let mut is_new = is_new.into_iter();
    owners.retain(|_| is_new.next().unwrap_or(true));
}

/// All of an owner, in a form that can be sorted.
fn identity(owner: &OwnerReference) -> (&str, Option<bool>, Option<bool>, [&str; 3]) {
    let OwnerReference {
        api_version,
        block_owner_deletion,
        controller,
        kind,
        name,
        uid,
    } = owner;
    (uid, *block_owner_deletion, *controller, [api_version, kind, name])
}

/// Checks the metadata of a new object, whose name was made if it had to be.
pub(super) fn check_new(metadata: &ObjectMeta, namespaced: bool, names: Names, errors: &mut Errors) {
    let root = Path::ROOT.child("metadata");
    if let Some(base) = metadata.generate_name.as_deref().filter(|base| !base.is_empty()) {
        // A name is made by adding to it, so that it may end in a dash.
        let masked = match base.strip_suffix('-') {
            Some(rest) if !rest.is_empty() && names != Names::PathSegment => &format!("{rest}a"),
            _ => base,
        };
        let path = root.child("generateName");
        let before = errors.len();
        check_name(masked, names, &path, errors);
        if errors.len() > before && masked != base {
            let found: Vec<Error> = std::mem::take(errors).into_iter().collect();
            let named = found
                .into_iter()
                .enumerate()
                .map(|(index, error)| match index < before {
                    true => error,
                    false => Error {
                        bad_value: base.into(),
                        ..error
                    },
                });
            *errors = named.collect();
        }
    }
    match metadata.name.as_deref() {
        None | Some("") => errors.push(Error::required(&root.child("name"), "name or generateName is required")),
        Some(name) => check_name(name, names, &root.child("name"), errors),
    }
    let path = root.child("namespace");
    match (namespaced, metadata.namespace.as_deref().unwrap_or_default()) {
        (true, "") => errors.push(Error::required(&path, "")),
        (true, namespace) => formats::k8s_short_name(errors, &path, namespace),
        (false, "") => {}
        (false, _) => errors.push(Error::forbidden(&path, "not allowed on this type")),
    }
    check_generation(metadata, &root, errors);
    check_labels(metadata, &root, errors);
    check_annotations(metadata, &root, errors);
    check_owners(metadata, &root, errors);
    check_finalizers(metadata, &root, errors);
    check_managed_fields(metadata, &root, errors);
}

/// Checks the metadata of an object that replaces another. What did not change is not checked again.
pub(super) fn check_changed(new: &ObjectMeta, old: &ObjectMeta, errors: &mut Errors) {
    let root = Path::ROOT.child("metadata");
    check_immutable(new, old, &root, errors);
    check_generation(new, &root, errors);
    if new.labels != old.labels {
        check_labels(new, &root, errors);
    }
    if new.annotations != old.annotations {
        check_annotations(new, &root, errors);
    }
    if new.owner_references != old.owner_references {
        check_owners(new, &root, errors);
    }
    if new.finalizers != old.finalizers {
        if old.deletion_timestamp.is_some() {
            check_no_new_finalizers(new, old, &root, errors);
        }
        check_finalizers(new, &root, errors);
    }
    if new.managed_fields != old.managed_fields {
        check_managed_fields(new, &root, errors);
    }
}

fn check_name(name: &str, names: Names, path: &Path<'_>, errors: &mut Errors) {
    match names {
        Names::Subdomain => formats::k8s_long_name(errors, path, name),
        Names::Label => formats::k8s_short_name(errors, path, name),
        Names::PathSegment => formats::k8s_path_segment_name(errors, path, name),
    }
}

fn check_immutable(new: &ObjectMeta, old: &ObjectMeta, root: &Path<'_>, errors: &mut Errors) {
    let mut immutable = |name, is_same: bool, value: BadValue| {
        if !is_same {
            errors.push(Error::invalid(&root.child(name), value, "field is immutable"));
        }
    };
    let text = |text: &Option<String>| BadValue::from(text.as_deref().unwrap_or_default());
    let same = |new: &Option<String>, old: &Option<String>| {
        new.as_deref().unwrap_or_default() == old.as_deref().unwrap_or_default()
    };
    immutable("name", same(&new.name, &old.name), text(&new.name));
    immutable("namespace", same(&new.namespace, &old.namespace), text(&new.namespace));
    immutable("uid", same(&new.uid, &old.uid), text(&new.uid));
    immutable(
        "creationTimestamp",
        new.creation_timestamp == old.creation_timestamp,
        BadValue::of(&new.creation_timestamp),
    );
    immutable(
        "deletionTimestamp",
        new.deletion_timestamp == old.deletion_timestamp,
        BadValue::of(&new.deletion_timestamp),
    );
    immutable(
        "deletionGracePeriodSeconds",
        new.deletion_grace_period_seconds == old.deletion_grace_period_seconds,
        BadValue::of(&new.deletion_grace_period_seconds),
    );
}

fn check_generation(metadata: &ObjectMeta, root: &Path<'_>, errors: &mut Errors) {
    if let Some(generation) = metadata.generation.filter(|generation| *generation < 0) {
        let detail = "must be greater than or equal to 0";
        errors.push(Error::invalid(&root.child("generation"), generation, detail));
    }
}

fn check_labels(metadata: &ObjectMeta, root: &Path<'_>, errors: &mut Errors) {
    let path = root.child("labels");
    for (key, value) in metadata.labels.iter().flatten() {
        formats::k8s_label_key(errors, &path, key);
        formats::k8s_label_value(errors, &path, value);
    }
}

fn check_annotations(metadata: &ObjectMeta, root: &Path<'_>, errors: &mut Errors) {
    let Some(annotations) = &metadata.annotations else {
        return;
    };
    let path = root.child("annotations");
    for key in annotations.keys() {
        let before = errors.len();
        formats::k8s_label_key(errors, &path, &key.to_lowercase());
        if errors.len() > before {
            let found: Vec<Error> = std::mem::take(errors).into_iter().collect();
            let named = found
                .into_iter()
                .enumerate()
                .map(|(index, error)| match index < before {
                    true => error,
                    false => Error {
                        bad_value: key.as_str().into(),
                        ..error
                    },
                });
            *errors = named.collect();
        }
    }
    if size(annotations) > ANNOTATIONS_LIMIT {
        errors.push(Error::too_long(&path, ANNOTATIONS_LIMIT));
    }
}

fn size(annotations: &BTreeMap<String, String>) -> usize {
    annotations.iter().map(|(key, value)| key.len() + value.len()).sum()
}

fn check_owners(metadata: &ObjectMeta, root: &Path<'_>, errors: &mut Errors) {
    let owners = metadata.owner_references.as_deref().unwrap_or_default();
    let path = root.child("ownerReferences");
    let mut controller: Option<String> = None;
    let mut told = 0;
    for (index, owner) in owners.iter().enumerate() {
        check_owner(owner, &path.index(index), errors);
        if owner.controller != Some(true) {
            continue;
        }
        let found = format!("{}/{}", owner.kind, owner.name);
        match &controller {
            None => controller = Some(found),
            Some(_) if told == MOST_CONTROLLERS => {}
            Some(first) => {
                told += 1;
                let detail = format!(
                    "Only one reference can have Controller set to true. Found \"true\" in references for {first} and \
                     {found}"
                );
                errors.push(Error::invalid(&path, BadValue::of(owners), detail));
            }
        }
    }
}

fn check_owner(owner: &OwnerReference, path: &Path<'_>, errors: &mut Errors) {
    let OwnerReference {
        api_version,
        block_owner_deletion: _,
        controller: _,
        kind,
        name,
        uid,
    } = owner;
    let is_version = |text: &str| match text.split_once('/') {
        None => true,
        Some((_, version)) => !version.is_empty() && !version.contains('/'),
    };
    if !api_version.is_empty() && !is_version(api_version) {
        let detail = "must be <group>/<version> or <version>";
        errors.push(Error::invalid(&path.child("apiVersion"), api_version.as_str(), detail));
    }
    for (field, value) in [
        ("apiVersion", api_version),
        ("kind", kind),
        ("name", name),
        ("uid", uid),
    ] {
        if value.is_empty() {
            errors.push(Error::required(&path.child(field), "must not be empty"));
        }
    }
    if (api_version.as_str(), kind.as_str()) == ("v1", "Event") {
        let detail = "/v1, Kind=Event is disallowed from being an owner";
        errors.push(Error::invalid(path, BadValue::of(owner), detail));
    }
}

fn check_finalizers(metadata: &ObjectMeta, root: &Path<'_>, errors: &mut Errors) {
    let finalizers = metadata.finalizers.as_deref().unwrap_or_default();
    let path = root.child("finalizers");
    for finalizer in finalizers {
        formats::k8s_label_key(errors, &path, finalizer);
    }
    let has = |name: &str| finalizers.iter().any(|finalizer| finalizer == name);
    if has(ORPHAN) && has(FOREGROUND) {
        let detail = format!("finalizer {ORPHAN} and {FOREGROUND} cannot be both set");
        errors.push(Error::invalid(&path, BadValue::of(finalizers), detail));
    }
}

fn check_no_new_finalizers(new: &ObjectMeta, old: &ObjectMeta, root: &Path<'_>, errors: &mut Errors) {
    let old = old.finalizers.as_deref().unwrap_or_default();
    let mut added: Vec<&String> = new.finalizers.iter().flatten().filter(|it| !old.contains(it)).collect();
    added.sort();
    added.dedup();
    if !added.is_empty() {
        let added: Vec<String> = added.into_iter().map(|finalizer| format!("{finalizer:?}")).collect();
        let detail = format!(
            "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{}}}",
            added.join(", ")
        );
        errors.push(Error::forbidden(&root.child("finalizers"), detail));
    }
}

fn check_managed_fields(metadata: &ObjectMeta, root: &Path<'_>, errors: &mut Errors) {
    let path = root.child("managedFields");
    for (index, entry) in metadata.managed_fields.iter().flatten().enumerate() {
        check_manager(entry, &path.index(index), errors);
    }
}

fn check_manager(entry: &ManagedFieldsEntry, path: &Path<'_>, errors: &mut Errors) {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match entry.operation.as_deref().unwrap_or_default() {
        "Apply" | "Update" => {}
        "" => errors.push(Error::required(&path.child("operation"), "must not be empty")),
        other => errors.push(Error::not_supported(
            &path.child("operation"),
            other,
            &["Apply", "Update"],
        )),
    }
    let fields_type = text(&entry.fields_type);
    if !matches!(fields_type.as_str(), "" | "FieldsV1") {
        let detail = "must be `FieldsV1`";
        errors.push(Error::invalid(&path.child("fieldsType"), fields_type, detail));
    }
    let manager = text(&entry.manager);
    if manager.len() > MAX_MANAGER_LENGTH {
        errors.push(Error::too_long(&path.child("manager"), MAX_MANAGER_LENGTH));
    }
    for (position, char) in manager.char_indices().filter(|(_, char)| !is_print(*char)) {
        let detail = format!("invalid character U+{:04X} (at position {position})", u32::from(char));
        errors.push(Error::invalid(&path.child("manager"), manager.as_str(), detail));
    }
    if text(&entry.subresource).len() > SUBRESOURCE_LIMIT {
        errors.push(Error::too_long(&path.child("subresource"), SUBRESOURCE_LIMIT));
    }
}
