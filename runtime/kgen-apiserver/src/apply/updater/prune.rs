//! Removal of what an applier wanted and does not want any more.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::{Updater, Versioned};
use crate::apply::field_set::FieldSet;
use crate::apply::managed_fields::{Entry, ManagedFields, ManagerId};
use crate::apply::object_type::ObjectType;
use crate::apply::versions::ConvertError;

impl Updater<'_> {
    /// Takes out of a merged object what the applier owned the last time, does not own now, and nobody else owns.
    pub(super) fn prune<'v>(
        &self,
        merged: Versioned<'v>,
        managed: &ManagedFields,
        id: &ManagerId,
        last: &Entry,
    ) -> Result<Versioned<'v>, String> {
        let dropped = match managed.get(id) {
            Some(now) if now.api_version == last.api_version => last.fields.difference(&now.fields),
            Some(_) | None => last.fields.clone(),
        };
        let Some(ty) = self
            .versions
            .object_type(&last.api_version)
            .filter(|_| !dropped.is_empty())
        else {
            return Ok(merged);
        };
        let target = merged.version.clone().into_owned();
        let at_last = match self.convert(&merged, &last.api_version) {
            Ok(at_last) => at_last,
            Err(ConvertError::UnknownVersion) => return Ok(merged),
            Err(ConvertError::Failed(why)) => return Err(failed("merged object to last applied version", &why)),
        };
        let pruned = ty.remove(at_last.object.clone().into_owned(), &ty.with_parents(&last.fields));
        let pruned = self.restore_owned(&at_last, pruned, managed)?;
        let pruned = restore_unowned(ty, &at_last.object, &pruned, &last.fields);
        let pruned = Versioned {
            version: at_last.version.clone(),
            object: Cow::Owned(pruned),
        };
        match self.convert(&pruned, &target) {
            Ok(pruned) => {
                let object = pruned.object.into_owned();
                Ok(Versioned {
                    version: Cow::Owned(target),
                    object: Cow::Owned(object),
                })
            }
            Err(error) => Err(failed("pruned object", &error.to_string())),
        }
    }

    /// Puts back what managers own. It begins with the version in which was pruned, as the others may need it to be
    /// converted at all. The result is in that version.
    fn restore_owned(&self, merged: &Versioned<'_>, pruned: Value, managed: &ManagedFields) -> Result<Value, String> {
        let mut owned: BTreeMap<&str, FieldSet> = BTreeMap::new();
        for (_, entry) in managed.iter() {
            let fields = owned.entry(&entry.api_version).or_default();
            *fields = fields.union(&entry.fields);
        }
        let home = merged.version.as_ref();
        let first = owned.remove_entry(home);
        let mut pruned = Versioned {
            version: Cow::Borrowed(home),
            object: Cow::Owned(pruned),
        };
        for (version, owned) in first.into_iter().chain(owned) {
            let Some(ty) = self.versions.object_type(version) else {
                continue;
            };
            let converted = self
                .convert(merged, version)
                .and_then(|merged| Ok((merged, self.convert(&pruned, version)?)));
            let (merged, without) = match converted {
                Ok(both) => both,
                Err(ConvertError::UnknownVersion) => continue,
                Err(ConvertError::Failed(why)) => return Err(failed(&format!("object at version {version}"), &why)),
            };
            let all = ty.with_parents(&ty.field_set(&merged.object));
            let kept = ty
                .with_parents(&ty.field_set(&without.object))
                .union(&ty.with_parents(&owned));
            let object = ty.remove(merged.object.into_owned(), &all.difference(&kept));
            pruned = Versioned {
                version: Cow::Borrowed(version),
                object: Cow::Owned(object),
            };
        }
        match self.convert(&pruned, home) {
            Ok(pruned) => Ok(pruned.object.into_owned()),
            Err(error) => Err(failed("pruned object to last applied version", &error.to_string())),
        }
    }
}

/// Puts back what the applier did not own: what nobody owns, or what was made by defaults, stays.
fn restore_unowned(ty: &ObjectType, merged: &Value, pruned: &Value, last: &FieldSet) -> Value {
    let pruned = ty.with_parents(&ty.field_set(pruned));
    let all = ty.with_parents(&ty.field_set(merged));
    let gone = all.difference(&pruned).intersection(&ty.with_parents(last));
    ty.remove(merged.clone(), &gone)
}

fn failed(what: &str, why: &str) -> String {
    format!("failed to prune fields: failed to convert {what}: {why}")
}
