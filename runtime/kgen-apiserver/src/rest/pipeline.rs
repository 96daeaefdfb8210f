//! What all writes do: convert, ask plugins, check, encode. The order of steps is that of the Go servers.

use bytes::Bytes;
use jiff::Timestamp;
use kgen::conversion::ConversionError;
use kgen::k8s::{ObjectMeta, Time};
use kgen::scheme::ConvertError;
use kgen::validation::{BadValue, Error, Errors, Operation as Action, Path};
use kgen::{GroupVersionKind, Object};
use tokio::time::timeout_at;

use super::{Live, Target, fields, metadata, store_failure};
use crate::admission::{self, Operation, Write};
use crate::auth::Decision;
use crate::failure::{Failure, Subject};
use crate::request::{Request, RequestInfo, ResourceInfo, Verb};
use crate::storage::StoreError;
use crate::strategy::Context;

/// One write on its way into the store.
pub(super) struct Pipeline<'a> {
    pub(super) target: Target<'a>,
    pub(super) request: &'a Request,
    /// The object that the request is about, which is not its own name if it is about several.
    pub(super) info: &'a ResourceInfo,
    /// Who is recorded to own what is written.
    pub(super) manager: &'a str,
    /// Whether nothing is stored.
    pub(super) dry_run: bool,
    /// The time of the write, in whole seconds.
    pub(super) now: Timestamp,
}

impl<'a> Pipeline<'a> {
    pub(super) fn new(target: Target<'a>, request: &'a Request, manager: &'a str, dry_run: bool) -> Self {
        let now = Timestamp::now();
        Self {
            target,
            request,
            info: &request.resource,
            manager,
            dry_run,
            now: Timestamp::from_second(now.as_second()).unwrap_or(now),
        }
    }

    /// The namespace of the object; none if objects live in none.
    pub(super) fn namespace(&self) -> Option<&'a str> {
        self.target
            .version
            .kind
            .namespaced
            .then_some(self.info.namespace.as_str())
    }

    /// The key of an object in the namespace of the request.
    pub(super) fn key(&self, name: &str) -> Result<String, Failure> {
        let key = self.target.resource.keys.object(self.namespace(), name);
        key.map_err(|error| Failure::bad_request(format!("Name parameter invalid: {name:?}: {error}")))
    }

    /// What messages about an object of this name say.
    pub(super) fn subject(&self, name: &str) -> Subject {
        Subject {
            name: name.to_owned(),
            ..self.info.subject()
        }
    }

    /// The time of the write, as metadata have it.
    pub(super) fn time(&self) -> Time {
        Time(self.now)
    }

    /// Records who made `object` of what is there, both in the version of the request.
    pub(super) fn track(&self, live: Option<&Live<'_>>, object: &mut dyn Object) -> Result<(), Failure> {
        let keeper = fields::keeper(&self.target, self.info);
        fields::track(keeper, live, object, self.manager, self.now)
    }

    /// The object as it is stored, from one of the request's version.
    ///
    /// # Errors
    /// If it cannot be converted, or if the conversion would hide that it breaks rules of the request's version.
    pub(super) fn to_hub(&self, object: Box<dyn Object>, live: Option<&Live<'_>>) -> Result<Box<dyn Object>, Failure> {
        if self.target.is_hub() {
            return Ok(object);
        }
        let broken = self.broken_rules(&*object, live)?;
        let name = object.object_meta().name.clone().unwrap_or_default();
        let converted = self.target.version.kind.behaviour.convert_to_hub(object);
        let mut hub = converted.map_err(|error| match error {
            ConvertError::Conversion(_) if !broken.is_empty() => self.invalid(&name, &broken),
            ConvertError::Conversion(error) => {
                let mut errors = Errors::new();
                errors.push(unconvertible(&error));
                self.invalid(&name, &errors)
            }
            error @ (ConvertError::NotRegistered(_) | ConvertError::WrongType(_)) => Failure::internal(error),
        })?;
        let behaviour = &self.target.resource.hub.behaviour;
        behaviour.set_defaults(&mut *hub).map_err(Failure::internal)?;
        if !broken.is_empty() {
            let left = self.broken_rules(&*self.of_request(&*hub)?, live)?;
            if broken.iter().any(|error| !left.iter().any(|left| is_same(left, error))) {
                return Err(self.invalid(&name, &broken));
            }
        }
        Ok(hub)
    }

    /// The object in the version of the request, from a stored one.
    fn of_request(&self, hub: &dyn Object) -> Result<Box<dyn Object>, Failure> {
        let behaviour = &self.target.version.kind.behaviour;
        let object = behaviour.convert_from_hub(hub.deep_copy_object());
        let mut object = object.map_err(Failure::internal)?;
        behaviour.set_defaults(&mut *object).map_err(Failure::internal)?;
        Ok(object)
    }

    /// The rules of the request's version that an object of it breaks.
    fn broken_rules(&self, object: &dyn Object, live: Option<&Live<'_>>) -> Result<Errors, Failure> {
        let mut errors = Errors::new();
        let old = live.map(Live::object).transpose()?;
        let behaviour = &self.target.version.kind.behaviour;
        let checked = behaviour.validate(object, old, &self.action(live), &mut errors);
        checked.map_err(Failure::internal)?;
        Ok(errors.enforced(true))
    }

    /// What rules are told of the write.
    fn action(&self, live: Option<&Live<'_>>) -> Action<'a> {
        let action = match live {
            None => Action::create(),
            Some(_) => Action::update(),
        };
        action.subresource(&self.info.subresource).options(self.target.resource)
    }

    /// Lets plugins change the object or refuse the write.
    pub(super) async fn admit(
        &self,
        operation: Operation,
        object: Option<&mut dyn Object>,
        old: Option<&dyn Object>,
    ) -> Result<(), Failure> {
        if self.target.resources.plugins().is_empty() {
            return Ok(());
        }
        admission::admit(&mut self.write(operation, object, old)).await
    }

    /// Lets plugins refuse the write, now that the object is what will be stored.
    pub(super) async fn approve(
        &self,
        operation: Operation,
        object: Option<&mut dyn Object>,
        old: Option<&dyn Object>,
    ) -> Result<(), Failure> {
        if self.target.resources.plugins().is_empty() {
            return Ok(());
        }
        admission::validate(&self.write(operation, object, old)).await
    }

    fn write<'w>(
        &'w self,
        operation: Operation,
        object: Option<&'w mut dyn Object>,
        old: Option<&'w dyn Object>,
    ) -> Write<'w> {
        Write {
            operation,
            resource: self.info,
            kind: &self.target.version.kind.gvk,
            object,
            old,
            user: &self.request.user,
            dry_run: self.dry_run,
            warnings: &self.request.warnings,
            resources: self.target.resources,
        }
    }

    /// On whose behalf the object is written.
    pub(super) fn context(&self) -> Context<'a> {
        Context {
            user: &self.request.user,
            subresource: &self.info.subresource,
        }
    }

    /// Checks an object that is about to be stored: its metadata, the rules of the request's version, or else those of
    /// the stored one, and what a person checks. A rule that both versions have is told of once, in the names that the
    /// client knows.
    pub(super) fn check(&self, object: &dyn Object, live: Option<&Live<'_>>) -> Result<(), Failure> {
        let resource = self.target.resource;
        let old = live.map(Live::hub);
        let mut errors = match self.target.is_hub() {
            true => Errors::new(),
            false => self.broken_rules(&*self.of_request(object)?, live)?,
        };
        if errors.is_empty() {
            let checked = resource
                .hub
                .behaviour
                .validate(object, old, &self.action(live), &mut errors);
            checked.map_err(Failure::internal)?;
        }
        let mut all = Errors::new();
        self.check_metadata(object.object_meta(), old.map(Object::object_meta), &mut all);
        all.extend(errors.enforced(true));
        resource.strategy.validate(object, old, &self.context(), &mut all);
        if all.is_empty() {
            let warnings = resource.strategy.warnings(object, old);
            warnings
                .into_iter()
                .for_each(|warning| self.request.warnings.add(warning));
            return Ok(());
        }
        let name = object.object_meta().name.as_deref().unwrap_or_default();
        Err(self.invalid(name, &once(all)))
    }

    fn check_metadata(&self, new: &ObjectMeta, old: Option<&ObjectMeta>, errors: &mut Errors) {
        match old {
            None => {
                let names = self.target.resource.strategy.names();
                metadata::check_new(new, self.target.version.kind.namespaced, names, errors);
            }
            Some(old) => metadata::check_changed(new, old, errors),
        }
    }

    /// The object breaks rules.
    pub(super) fn invalid(&self, name: &str, errors: &Errors) -> Failure {
        let GroupVersionKind { group, kind, .. } = &self.target.version.kind.gvk;
        Failure::invalid(group, kind, name, errors)
    }

    /// The bytes to store. The resource version is not among them.
    pub(super) fn encode(&self, object: &mut dyn Object) -> Result<Bytes, Failure> {
        object.object_meta_mut().resource_version = None;
        let mut json = Vec::with_capacity(1024);
        object.write_json(&mut json).map_err(Failure::internal)?;
        json.push(b'\n');
        Ok(json.into())
    }

    /// The bytes to store of an object without its managers, and the object is left without them. None if it has none.
    pub(super) fn without_managers(&self, object: &mut dyn Object) -> Result<Option<Bytes>, Failure> {
        match object.object_meta_mut().managed_fields.take() {
            None => Ok(None),
            Some(_) => self.encode(object).map(Some),
        }
    }

    /// What a client is told when the store failed.
    pub(super) fn failure(&self, name: &str, error: StoreError) -> Failure {
        store_failure(error, &self.subject(name), self.info.verb)
    }

    /// Waits for a write until the time of the request is over. What happens in the store then may happen all the same.
    pub(super) async fn in_time<T>(&self, write: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        match self.request.deadline {
            None => write.await,
            Some(deadline) => match timeout_at(deadline, write).await {
                Ok(done) => done,
                Err(_) => Err(Failure::timeout("request did not complete within requested timeout")),
            },
        }
    }

    /// Whether an object is there that is being deleted.
    pub(super) async fn is_terminating(&self, name: &str) -> bool {
        let Ok(key) = self.key(name) else { return false };
        let Ok(found) = self.target.resource.store.get(&key).await else {
            return false;
        };
        let live = found.entry.and_then(|entry| Live::read(self.target, &entry).ok());
        live.is_some_and(|live| live.metadata().deletion_timestamp.is_some())
    }

    /// Asks whether the user may also create, which the request turns out to do.
    pub(super) async fn authorize_create(&self) -> Result<(), Failure> {
        let request = self.request;
        let resource = ResourceInfo {
            verb: Verb::Create,
            ..self.info.clone()
        };
        let verb = resource.verb.as_str();
        let info = RequestInfo {
            path: path(&resource),
            verb,
            resource: Some(resource),
        };
        let reason = match request.authorizer.authorize(&request.user, &info).await? {
            Decision::Allow => return Ok(()),
            Decision::Deny { reason } | Decision::NoOpinion { reason } => reason,
        };
        let ResourceInfo {
            group,
            resource,
            namespace,
            ..
        } = self.info;
        let place = match namespace.as_str() {
            "" => "at the cluster scope".to_owned(),
            namespace => format!("in the namespace {namespace:?}"),
        };
        let user = &request.user.name;
        let mut why = format!("User {user:?} cannot {verb} resource {resource:?} in API group {group:?} {place}");
        if !reason.is_empty() {
            why.push_str(": ");
            why.push_str(&reason);
        }
        Err(Failure::forbidden(&self.info.subject(), why))
    }
}

/// The path that a request about an object has.
fn path(info: &ResourceInfo) -> String {
    let mut path = match info.group.as_str() {
        "" => format!("/api/{}", info.version),
        group => format!("/apis/{group}/{}", info.version),
    };
    let namespace = ["namespaces", &info.namespace];
    let rest = [&*info.resource, &info.name, &info.subresource];
    let namespace = namespace.into_iter().filter(|_| !info.namespace.is_empty());
    for part in namespace.chain(rest).filter(|part| !part.is_empty()) {
        path.push('/');
        path.push_str(part);
    }
    path
}

/// What says that a value has no place in the stored version.
fn unconvertible(error: &ConversionError) -> Error {
    let path = match error.path() {
        "" => Path::ROOT,
        path => Path::ROOT.child(path),
    };
    Error::invalid(&path, BadValue::Omitted, error.message())
}

/// The same errors, each once.
fn once(errors: Errors) -> Errors {
    let mut kept: Vec<Error> = Vec::with_capacity(errors.len());
    for error in errors {
        if !kept.iter().any(|known| is_same(known, &error)) {
            kept.push(error);
        }
    }
    kept.into_iter().collect()
}

/// Whether two errors say the same, whoever found it.
fn is_same(one: &Error, other: &Error) -> bool {
    (one.kind, &one.field, &one.detail, &one.bad_value) == (other.kind, &other.field, &other.detail, &other.bad_value)
}
