//! What an endpoint does to `metadata.managedFields` on each write.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use serde_json::Value;

use super::conflict::Conflicts;
use super::error::ApplyError;
use super::field_set::FieldSet;
use super::last_applied::{self, KUBECTL};
use super::managed_fields::{Entry, ManagedFields, ManagerId, Operation, is_reset, whole_seconds};
use super::metadata::{has_uid, managed_fields, recorded, set_managed_fields, take_managed_fields};
use super::object_type::{Duplicates, ObjectType};
use super::path::PathElement;
use super::updater::{Failure, Updater, Versioned};
use super::versions::Versions;

/// The manager of what objects had before anybody applied to them.
const BEFORE_FIRST_APPLY: &str = "before-first-apply";

/// How many updaters an object remembers.
const MAX_UPDATERS: usize = 10;

/// What nobody owns: the name of an object, and what only the server sets.
static NEVER_OWNED: LazyLock<FieldSet> = LazyLock::new(|| {
    let of_metadata = [
        "clusterName",
        "creationTimestamp",
        "generation",
        "managedFields",
        "name",
        "namespace",
        "resourceVersion",
        "selfLink",
        "uid",
    ];
    let top = ["apiVersion", "kind", "metadata"].map(|name| vec![PathElement::field(name)]);
    let below = of_metadata.map(|name| vec![PathElement::field("metadata"), PathElement::field(name)]);
    FieldSet::of(top.into_iter().chain(below))
});

/// Keeps track of who owns which fields of the objects of an endpoint: of a kind in a version, or of its subresource.
#[derive(Clone)]
pub struct FieldManager {
    api_version: String,
    kind: String,
    subresource: String,
    versions: Arc<dyn Versions>,
    reset: BTreeMap<String, FieldSet>,
}

/// An object after a write, and who owns what of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The object without `metadata.managedFields`, in the version of the endpoint. Defaults are not set yet.
    pub object: Value,
    /// What belongs into `metadata.managedFields`.
    pub managed: ManagedFields,
}

impl Written {
    /// The object with `metadata.managedFields`.
    pub fn into_object(self) -> Value {
        let Self { mut object, managed } = self;
        if !managed.is_empty() {
            set_managed_fields(&mut object, managed.to_value());
        }
        object
    }
}

impl fmt::Debug for FieldManager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            api_version,
            kind,
            subresource,
            versions: _,
            reset,
        } = self;
        let mut f = f.debug_struct("FieldManager");
        f.field("api_version", api_version)
            .field("kind", kind)
            .field("subresource", subresource);
        f.field("reset", reset).finish_non_exhaustive()
    }
}

impl FieldManager {
    /// The manager of the main endpoint of a kind. `api_version` is that of the endpoint.
    pub fn new(api_version: impl Into<String>, kind: impl Into<String>, versions: Arc<dyn Versions>) -> Self {
        Self {
            api_version: api_version.into(),
            kind: kind.into(),
            subresource: String::new(),
            versions,
            reset: BTreeMap::new(),
        }
    }

    /// The same for a subresource whose objects are those of the kind, such as `status`.
    #[must_use]
    pub fn with_subresource(self, subresource: impl Into<String>) -> Self {
        Self {
            subresource: subresource.into(),
            ..self
        }
    }

    /// Says which fields writes through this endpoint cannot change, in the names of a version. Nobody gets them by
    /// writing here. A strategy that resets `status` says `.status`.
    #[must_use]
    pub fn with_reset_fields(mut self, api_version: impl Into<String>, fields: FieldSet) -> Self {
        self.reset.insert(api_version.into(), fields);
        self
    }

    /// Merges a configuration into the object in the store, in the version of the endpoint; `null` if there is none.
    ///
    /// # Errors
    /// Says why the apply is refused; the object stays as it is.
    pub fn apply(
        &self,
        mut live: Value,
        config: &Value,
        manager: &str,
        force: bool,
        now: Timestamp,
    ) -> Result<Written, ApplyError> {
        let managed = take_managed_fields(&mut live).map_or_else(
            || Ok(ManagedFields::default()),
            |managed| {
                ManagedFields::decode(&managed).map_err(|error| ApplyError::InvalidManagedFields(error.to_string()))
            },
        )?;
        self.check_kind(config)?;
        if managed_fields(config).is_some_and(Value::is_array) {
            return Err(ApplyError::ManagedFieldsGiven);
        }
        let ty = self.object_type()?;
        ty.validate(config, Duplicates::Refused).map_err(|errors| {
            ApplyError::InvalidConfig(format!(
                "failed to create typed patch object ({}): {errors}",
                self.named(config)
            ))
        })?;
        ty.validate(&live, Duplicates::Allowed).map_err(|errors| {
            ApplyError::InvalidLive(format!(
                "failed to create typed live object ({}): {errors}",
                self.named(&live)
            ))
        })?;
        let managed = self.tracked(&live, managed, now)?;
        let mut written = if manager == KUBECTL {
            self.apply_as_kubectl(ty, &live, config, managed, force, now)?
        } else {
            self.apply_as(&live, config, managed, manager, force, now)?
        };
        if manager == KUBECTL {
            last_applied::sync(&mut written.object, config);
        }
        Ok(written)
    }

    /// Takes over what kubectl applied before on the client's side.
    fn apply_as_kubectl(
        &self,
        ty: &ObjectType,
        live: &Value,
        config: &Value,
        managed: ManagedFields,
        force: bool,
        now: Timestamp,
    ) -> Result<Written, ApplyError> {
        match self.apply_as(live, config, managed.clone(), KUBECTL, force, now) {
            Err(ApplyError::Conflicts(conflicts)) => {
                match last_applied::remaining(&conflicts, live, &self.api_version, ty) {
                    Some(left) if left.is_empty() => self.apply_as(live, config, managed, KUBECTL, true, now),
                    Some(left) => Err(ApplyError::Conflicts(Conflicts(left))),
                    None => Err(ApplyError::Conflicts(conflicts)),
                }
            }
            applied => applied,
        }
    }

    /// Records who changed what in any other write than an apply. `live` is the object in the store, or `null`, and
    /// `new` what it becomes, both in the version of the endpoint.
    ///
    /// A client may forget all managers by an empty list, and it may replace them, unless by a subresource. What cannot
    /// be read or tracked leaves them as they are, since a write is not refused for their sake.
    pub fn update(&self, live: &Value, mut new: Value, manager: &str, now: Timestamp) -> Written {
        let given = take_managed_fields(&mut new);
        let managed = self.decoded(live, given.as_ref());
        match self.update_as(live, &new, managed, manager, now) {
            Ok(managed) => Written { object: new, managed },
            Err(_) => Written {
                object: new,
                managed: recorded(live),
            },
        }
    }

    fn decoded(&self, live: &Value, given: Option<&Value>) -> ManagedFields {
        let Some(given) = given.filter(|_| self.subresource.is_empty()) else {
            return recorded(live);
        };
        if is_reset(given) {
            return ManagedFields::default();
        }
        ManagedFields::decode(given)
            .ok()
            .filter(|managed| !managed.is_empty())
            .unwrap_or_else(|| recorded(live))
    }

    fn update_as(
        &self,
        live: &Value,
        new: &Value,
        managed: ManagedFields,
        manager: &str,
        now: Timestamp,
    ) -> Result<ManagedFields, ApplyError> {
        // Objects without managers stay so, unless they are new.
        if managed.is_empty() && has_uid(live) {
            return Ok(managed);
        }
        let ty = self.object_type()?;
        for object in [new, live] {
            ty.validate(object, Duplicates::Allowed).map_err(|errors| {
                ApplyError::InvalidLive(format!("failed to convert object ({}): {errors}", self.named(object)))
            })?;
        }
        self.track(live, new, managed, manager, now)
    }

    /// Gives what changed to an updater. Its time changes only if something changed.
    fn track(
        &self,
        live: &Value,
        new: &Value,
        mut managed: ManagedFields,
        manager: &str,
        now: Timestamp,
    ) -> Result<ManagedFields, ApplyError> {
        let (live, new) = (self.versioned(live), self.versioned(new));
        let taken = self.updater().update(&live, &new, &mut managed).map_err(of_failure)?;
        let taken = taken.difference(&NEVER_OWNED);
        if !taken.is_empty() {
            let id = self.id(manager, Operation::Update);
            let fields = match managed.remove(&id) {
                Some(previous) => taken.union(&previous.fields),
                None => taken,
            };
            let time = Some(whole_seconds(now));
            managed.insert(
                id,
                Entry {
                    api_version: self.api_version.clone(),
                    fields,
                    time,
                },
            );
        }
        managed.cap_updaters(MAX_UPDATERS);
        Ok(managed)
    }

    /// The managers of the live object. What nobody is recorded for belongs to who was before the first applier.
    fn tracked(&self, live: &Value, managed: ManagedFields, now: Timestamp) -> Result<ManagedFields, ApplyError> {
        if managed.is_empty() && !live.is_null() {
            return self.track(&Value::Null, live, managed, BEFORE_FIRST_APPLY, now);
        }
        Ok(managed)
    }

    fn apply_as(
        &self,
        live: &Value,
        config: &Value,
        mut managed: ManagedFields,
        manager: &str,
        force: bool,
        now: Timestamp,
    ) -> Result<Written, ApplyError> {
        let id = self.id(manager, Operation::Apply);
        let applied = self
            .updater()
            .apply(&self.versioned(live), config, &mut managed, &id, force);
        let object = applied.map_err(of_failure)?;
        if let Some(Entry {
            api_version,
            fields,
            time,
        }) = managed.remove(&id)
        {
            let fields = fields.difference(&NEVER_OWNED);
            if !fields.is_empty() {
                let is_same = super::literal::equal(live, &object);
                let time = if is_same { time } else { Some(whole_seconds(now)) };
                managed.insert(
                    id,
                    Entry {
                        api_version,
                        fields,
                        time,
                    },
                );
            }
        }
        Ok(Written { object, managed })
    }

    fn updater(&self) -> Updater<'_> {
        Updater {
            versions: self.versions.as_ref(),
            reset: &self.reset,
        }
    }

    fn versioned<'v>(&'v self, object: &'v Value) -> Versioned<'v> {
        Versioned::borrowed(&self.api_version, object)
    }

    fn object_type(&self) -> Result<&ObjectType, ApplyError> {
        let ty = self.versions.object_type(&self.api_version);
        ty.ok_or_else(|| ApplyError::Conversion(format!("no corresponding type for {}", self.gvk())))
    }

    fn id(&self, manager: &str, operation: Operation) -> ManagerId {
        let manager = if manager.is_empty() { "unknown" } else { manager };
        let api_version = match operation {
            Operation::Apply => String::new(),
            Operation::Update => self.api_version.clone(),
        };
        ManagerId {
            manager: manager.to_owned(),
            operation,
            api_version,
            subresource: self.subresource.clone(),
        }
    }

    fn check_kind(&self, config: &Value) -> Result<(), ApplyError> {
        let text = |name: &str| config.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("apiVersion") == self.api_version && text("kind") == self.kind {
            return Ok(());
        }
        Err(ApplyError::WrongKind(described(text("apiVersion"), text("kind"))))
    }

    fn gvk(&self) -> String {
        described(&self.api_version, &self.kind)
    }

    /// The object as Kubernetes names it in messages.
    fn named(&self, object: &Value) -> String {
        let text = |name: &str| {
            object
                .get("metadata")
                .and_then(|metadata| metadata.get(name)?.as_str())
                .unwrap_or_default()
        };
        format!("{}/{}; {}", text("namespace"), text("name"), self.gvk())
    }
}

fn described(api_version: &str, kind: &str) -> String {
    let slash = if api_version.contains('/') { "" } else { "/" };
    format!("{slash}{api_version}, Kind={kind}")
}

fn of_failure(failure: Failure) -> ApplyError {
    match failure {
        Failure::Conflicts(conflicts) => ApplyError::Conflicts(conflicts),
        Failure::Conversion(why) => ApplyError::Conversion(why),
    }
}
