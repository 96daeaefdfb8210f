//! The endpoints of resources: what a request reads or writes, in whatever version it names.
//!
//! An object is in the version of the request where a client sees it, and in the version that is stored, the hub,
//! everywhere else. Nothing here knows the type of an object.

pub mod body;
mod field_validation;
pub mod fields;
mod live;
pub mod write_options;
mod yaml;

use crate::resource::{Resource, Resources, ServedVersion};

pub use self::field_validation::FieldValidation;
pub use self::live::{Change, Live};

/// What a request is about: a resource, in the version that the client speaks.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// All resources of the server.
    pub resources: &'a Resources,
    /// The resource.
    pub resource: &'a Resource,
    /// The version.
    pub version: &'a ServedVersion,
}

impl Target<'_> {
    /// Whether clients see here what is stored, so that nothing is to be converted.
    pub fn is_hub(&self) -> bool {
        self.resource.hub.gvk.version == self.version.kind.gvk.version
    }
}
