//! Plugins that change or refuse what is written.

mod chain;
mod namespaces;

use async_trait::async_trait;
use kgen::{GroupVersionKind, Object};

use crate::auth::User;
use crate::failure::{Failure, Subject};
use crate::request::{ResourceInfo, Warnings};
use crate::resource::Resources;

pub(crate) use self::chain::{admit, validate};
pub use self::namespaces::{NamespaceLifecycle, NamespacePhase, Namespaces};

/// What happens to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// It is made.
    Create,
    /// It is changed.
    Update,
    /// It is deleted.
    Delete,
}

/// A plugin that sees every write before it happens.
#[async_trait]
pub trait Admission: Send + Sync + 'static {
    /// Its name, such as `BanFlunder`.
    fn name(&self) -> &'static str;

    /// Changes the object, or refuses the write. Asked before the object is validated.
    ///
    /// # Errors
    /// Why the write is refused.
    async fn admit(&self, write: &mut Write<'_>) -> Result<(), Failure> {
        let _ = write;
        Ok(())
    }

    /// Refuses the write. Asked when the object is what will be stored; again if the stored object has changed
    /// meanwhile.
    ///
    /// # Errors
    /// Why the write is refused.
    async fn validate(&self, write: &Write<'_>) -> Result<(), Failure> {
        let _ = write;
        Ok(())
    }
}

/// A write that a plugin looks at. Objects are in the storage version.
pub struct Write<'a> {
    /// What happens.
    pub operation: Operation,
    /// Where: group, version, resource, subresource, namespace and name.
    pub resource: &'a ResourceInfo,
    /// The kind of the request's version.
    pub kind: &'a GroupVersionKind,
    /// The object as it will be; none if it is deleted.
    pub object: Option<&'a mut dyn Object>,
    /// The object as it is; none if it is made.
    pub old: Option<&'a dyn Object>,
    /// Who writes.
    pub user: &'a User,
    /// Whether nothing is stored, so that plugins must not do anything that lasts.
    pub dry_run: bool,
    /// What the client is warned of.
    pub warnings: &'a Warnings,
    /// All resources of the server, to be read.
    pub resources: &'a Resources,
}

impl Write<'_> {
    /// The object as it will be, if its stored version is a `T`.
    pub fn object_as<T: Object>(&self) -> Option<&T> {
        self.object.as_deref()?.downcast_ref()
    }

    /// The same object to be changed, which is for plugins that [admit](Admission::admit).
    pub fn object_as_mut<T: Object>(&mut self) -> Option<&mut T> {
        self.object.as_deref_mut()?.downcast_mut()
    }

    /// What messages name.
    pub fn subject(&self) -> Subject {
        let object = self.object.as_deref().or(self.old);
        let name = object.and_then(|object| object.object_meta().name.clone());
        Subject {
            name: name.unwrap_or_else(|| self.resource.name.clone()),
            ..self.resource.subject()
        }
    }
}
