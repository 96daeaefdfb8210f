//! What a write does to the managers of an object, once object and managers are known in one version.

mod prune;

use std::borrow::Cow;
use std::collections::{BTreeMap, btree_map};

use serde_json::Value;

use super::conflict::{Conflict, Conflicts};
use super::field_set::FieldSet;
use super::managed_fields::{Entry, ManagedFields, ManagerId};
use super::object_type::{Comparison, Duplicates, ObjectType};
use super::versions::{ConvertError, Versions};

/// Computes who owns what after a write.
pub(super) struct Updater<'a> {
    pub(super) versions: &'a dyn Versions,
    /// By version, the fields that writes through this endpoint cannot change.
    pub(super) reset: &'a BTreeMap<String, FieldSet>,
}

/// An object and the version it is in.
#[derive(Clone)]
pub(super) struct Versioned<'v> {
    pub(super) version: Cow<'v, str>,
    pub(super) object: Cow<'v, Value>,
}

impl<'v> Versioned<'v> {
    pub(super) fn borrowed(version: &'v str, object: &'v Value) -> Self {
        Self {
            version: Cow::Borrowed(version),
            object: Cow::Borrowed(object),
        }
    }

    fn reborrowed(&self) -> Versioned<'_> {
        Versioned::borrowed(&self.version, &self.object)
    }
}

/// Why a write is not done.
pub(super) enum Failure {
    Conflicts(Conflicts),
    Conversion(String),
}

impl Updater<'_> {
    /// Takes what changed between two objects from all managers and returns it, as what the writer now owns.
    pub(super) fn update(
        &self,
        old: &Versioned<'_>,
        new: &Versioned<'_>,
        managed: &mut ManagedFields,
    ) -> Result<FieldSet, Failure> {
        self.reconcile(managed);
        let Comparison { modified, added, .. } = self.take(old, new, managed, None, true)?;
        Ok(modified.union(&added))
    }

    /// Merges a configuration into an object and removes what the applier does not want any more.
    pub(super) fn apply<'v>(
        &self,
        live: &Versioned<'v>,
        config: &Value,
        managed: &mut ManagedFields,
        id: &ManagerId,
        force: bool,
    ) -> Result<Value, Failure> {
        self.reconcile(managed);
        let unknown = || Failure::Conversion(format!("{} is not served", live.version));
        let ty = self.versions.object_type(&live.version).ok_or_else(unknown)?;
        let merged = Versioned {
            version: live.version.clone(),
            object: Cow::Owned(ty.merge(&live.object, config)),
        };
        let fields = self.kept(&live.version, ty.field_set(config));
        let last = managed.remove(id);
        let time = last.as_ref().and_then(|last| last.time);
        managed.insert(
            id.clone(),
            Entry {
                api_version: live.version.clone().into_owned(),
                fields,
                time,
            },
        );
        let merged = match &last {
            Some(last) => self.prune(merged, managed, id, last).map_err(Failure::Conversion)?,
            None => merged,
        };
        self.take(live, &merged, managed, Some(id), force)?;
        Ok(merged.object.into_owned())
    }

    /// Brings what managers own up to the schema of now, and forgets those who wrote in versions that are gone.
    fn reconcile(&self, managed: &mut ManagedFields) {
        managed.retain(|_, entry| match self.versions.object_type(&entry.api_version) {
            Some(ty) => {
                entry.fields = ty.reconcile(std::mem::take(&mut entry.fields));
                true
            }
            None => false,
        });
    }

    /// Takes what changed between two objects from all managers but the one who may keep it. Unless forced, taking
    /// anything but what is gone is a conflict.
    fn take(
        &self,
        old: &Versioned<'_>,
        new: &Versioned<'_>,
        managed: &mut ManagedFields,
        keeper: Option<&ManagerId>,
        force: bool,
    ) -> Result<Comparison, Failure> {
        let own = self
            .versions
            .object_type(&new.version)
            .map(|ty| self.compare(ty, old, new));
        let mut comparisons = BTreeMap::from([(new.version.clone().into_owned(), own)]);
        let mut conflicts = Vec::new();
        let versions = managed.iter().filter(|(id, _)| Some(*id) != keeper);
        let versions: Vec<String> = versions.map(|(_, entry)| entry.api_version.clone()).collect();
        for version in versions {
            if let btree_map::Entry::Vacant(vacant) = comparisons.entry(version) {
                let comparison = self.compare_in(vacant.key(), old, new)?;
                vacant.insert(comparison);
            }
        }
        managed.retain(|id, entry| {
            if Some(id) == keeper {
                return !entry.fields.is_empty();
            }
            let Some(Some(Comparison {
                removed,
                modified,
                added,
            })) = comparisons.get(&entry.api_version)
            else {
                return false;
            };
            for changed in [modified, added].into_iter().filter(|changed| !changed.is_empty()) {
                let taken = entry.fields.intersection(changed);
                if !taken.is_empty() {
                    entry.fields = entry.fields.difference(&taken);
                    conflicts.push((id.clone(), taken));
                }
            }
            if !removed.is_empty() {
                entry.fields = entry.fields.difference(removed);
            }
            !entry.fields.is_empty()
        });
        if !force && !conflicts.is_empty() {
            return Err(Failure::Conflicts(sorted(conflicts)));
        }
        let own = comparisons.remove(new.version.as_ref()).flatten();
        own.ok_or_else(|| Failure::Conversion(format!("{} is not served", new.version)))
    }

    fn compare(&self, ty: &ObjectType, old: &Versioned<'_>, new: &Versioned<'_>) -> Comparison {
        let comparison = ty.compare(&old.object, &new.object);
        match self.reset.get(new.version.as_ref()) {
            Some(reset) => comparison.without(reset),
            None => comparison,
        }
    }

    /// The comparison in another version; none if the version is gone.
    fn compare_in(
        &self,
        version: &str,
        old: &Versioned<'_>,
        new: &Versioned<'_>,
    ) -> Result<Option<Comparison>, Failure> {
        let converted = |object, which| match self.convert(object, version) {
            Ok(converted) => Ok(Some(converted)),
            Err(ConvertError::UnknownVersion) => Ok(None),
            Err(ConvertError::Failed(why)) => {
                Err(Failure::Conversion(format!("failed to convert {which} object: {why}")))
            }
        };
        let (Some(old), Some(new)) = (converted(old, "old")?, converted(new, "new")?) else {
            return Ok(None);
        };
        Ok(self
            .versions
            .object_type(version)
            .map(|ty| self.compare(ty, &old, &new)))
    }

    /// The fields that writes through this endpoint can change.
    fn kept(&self, version: &str, fields: FieldSet) -> FieldSet {
        match self.reset.get(version) {
            Some(reset) => fields.recursive_difference(reset),
            None => fields,
        }
    }

    /// The object in another version. There is nothing to convert about an object that does not exist.
    fn convert<'v>(&self, object: &'v Versioned<'_>, version: &'v str) -> Result<Versioned<'v>, ConvertError> {
        if object.version == version {
            return Ok(object.reborrowed());
        }
        let ty = self.versions.object_type(version).ok_or(ConvertError::UnknownVersion)?;
        if object.object.is_null() {
            return Ok(Versioned::borrowed(version, &object.object));
        }
        let converted = self.versions.convert(&object.object, version)?;
        ty.validate(&converted, Duplicates::Allowed)
            .map_err(|errors| ConvertError::Failed(errors.to_string()))?;
        Ok(Versioned {
            version: Cow::Borrowed(version),
            object: Cow::Owned(converted),
        })
    }
}

/// The conflicts by manager, and the fields of each as they stand in its set.
fn sorted(conflicts: Vec<(ManagerId, FieldSet)>) -> Conflicts {
    let mut by_manager: BTreeMap<String, (ManagerId, FieldSet)> = BTreeMap::new();
    for (id, fields) in conflicts {
        let (_, all) = by_manager
            .entry(id.identifier())
            .or_insert_with(|| (id, FieldSet::default()));
        *all = all.union(&fields);
    }
    let conflicts = by_manager.into_values().flat_map(|(manager, fields)| {
        fields.paths().into_iter().map(move |path| Conflict {
            manager: manager.clone(),
            path,
        })
    });
    Conflicts(conflicts.collect())
}
