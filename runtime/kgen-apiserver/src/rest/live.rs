//! The object that a write finds, and what a write makes of it.

use std::sync::OnceLock;

use kgen::Object;
use kgen::k8s::ObjectMeta;
use serde_json::Value;

use super::{Target, encode};
use crate::failure::Failure;
use crate::storage::Entry;

/// What a request makes of an object: the body of an update, a patch, an applied configuration.
pub trait Change: Send {
    /// The object as the client wants it, in the version of the request: with defaults, and with
    /// `metadata.managedFields` as the field manager of the endpoint leaves them. None is there if `live` is none.
    ///
    /// Its `metadata.resourceVersion` is the one that the client has seen; empty for whatever there is. What a patch
    /// leaves alone it has from `live`. Asked again whenever the object turns out to be another.
    ///
    /// # Errors
    /// If the client's request does not fit the object.
    fn make(&mut self, live: Option<&Live<'_>>) -> Result<Box<dyn Object>, Failure>;

    /// The uid that the object must have, if the client says so.
    fn uid(&self) -> Option<&str> {
        None
    }

    /// Whether an absent object is created even if the kind's strategy does not say so.
    fn creates(&self) -> bool {
        false
    }
}

/// The object that is there now, in the forms that a write needs. Each is made once, and only if it is asked for.
pub struct Live<'a> {
    target: Target<'a>,
    hub: Box<dyn Object>,
    object: OnceLock<Box<dyn Object>>,
    json: OnceLock<Value>,
}

impl<'a> Live<'a> {
    /// Reads what is stored.
    ///
    /// # Errors
    /// If the stored bytes are no object of the resource.
    pub fn read(target: Target<'a>, entry: &Entry) -> Result<Self, Failure> {
        Ok(Self {
            target,
            hub: encode::decode_stored(target.resource, entry)?,
            object: OnceLock::new(),
            json: OnceLock::new(),
        })
    }

    /// The object in the version that is stored, with defaults and its resource version.
    pub fn hub(&self) -> &dyn Object {
        &*self.hub
    }

    /// The object in the version that is stored, to be changed.
    pub fn into_hub(self) -> Box<dyn Object> {
        self.hub
    }

    /// The metadata, which are the same in all versions.
    pub fn metadata(&self) -> &ObjectMeta {
        self.hub.object_meta()
    }

    /// The object in the version of the request, with defaults.
    ///
    /// # Errors
    /// If it cannot be said in that version.
    pub fn object(&self) -> Result<&dyn Object, Failure> {
        if self.target.is_hub() {
            return Ok(self.hub());
        }
        if let Some(object) = self.object.get() {
            return Ok(&**object);
        }
        let behaviour = &self.target.version.kind.behaviour;
        let object = behaviour.convert_from_hub(self.hub.clone());
        let mut object = object.map_err(Failure::internal)?;
        behaviour.set_defaults(&mut *object).map_err(Failure::internal)?;
        Ok(&**self.object.get_or_init(|| object))
    }

    /// The object as JSON in the version of the request.
    ///
    /// # Errors
    /// If it cannot be said in that version.
    pub fn json(&self) -> Result<&Value, Failure> {
        if let Some(json) = self.json.get() {
            return Ok(json);
        }
        let json = self.object()?.to_json().map_err(Failure::internal)?;
        Ok(self.json.get_or_init(|| json))
    }
}
