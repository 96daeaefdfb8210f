//! Objects without their type, as servers and caches hold them.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::DeepCopy;
use crate::k8s::{Metadata, ObjectMeta, Resource};

/// The name of a kind: its group, version and kind. The core group is the empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupVersionKind {
    /// The API group, such as `shop.example.com`.
    pub group: Cow<'static, str>,
    /// The version in the group, such as `v1`.
    pub version: Cow<'static, str>,
    /// The kind, such as `Order`.
    pub kind: Cow<'static, str>,
}

impl GroupVersionKind {
    /// The name of the kind that `T` is.
    pub const fn of<T: Resource>() -> Self {
        Self {
            group: Cow::Borrowed(T::GROUP),
            version: Cow::Borrowed(T::VERSION),
            kind: Cow::Borrowed(T::KIND),
        }
    }

    /// What stands in `apiVersion`: `group/version`, or only the version for the core group.
    pub fn api_version(&self) -> Cow<'static, str> {
        if self.group.is_empty() {
            self.version.clone()
        } else {
            Cow::Owned(format!("{}/{}", self.group, self.version))
        }
    }
}

/// Written as in the messages of Kubernetes: `shop.example.com/v1, Kind=Order`.
impl fmt::Display for GroupVersionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}, Kind={}", self.group, self.version, self.kind)
    }
}

/// An object of any kind.
///
/// Every kind that has metadata, a deep copy and serialization is one. The methods have names of their own, so that
/// they never stand in the way of those of `Metadata`, `DeepCopy` and kube's `Resource` on a concrete type.
pub trait Object: Any + fmt::Debug + Send + Sync {
    /// The name of the object's kind.
    fn gvk(&self) -> GroupVersionKind;
    /// The object's metadata.
    fn object_meta(&self) -> &ObjectMeta;
    /// The object's metadata, to be changed.
    fn object_meta_mut(&mut self) -> &mut ObjectMeta;
    /// A copy that shares nothing with `self`.
    fn deep_copy_object(&self) -> Box<dyn Object>;
    /// The object as a JSON value, with `apiVersion` and `kind`.
    fn to_json(&self) -> serde_json::Result<serde_json::Value>;
    /// Appends the object as JSON text to `out`.
    fn write_json(&self, out: &mut Vec<u8>) -> serde_json::Result<()>;
}

impl<T> Object for T
where
    T: Metadata<Ty = ObjectMeta> + DeepCopy + Serialize + fmt::Debug + Send + Sync + 'static,
{
    fn gvk(&self) -> GroupVersionKind {
        GroupVersionKind::of::<T>()
    }

    fn object_meta(&self) -> &ObjectMeta {
        self.metadata()
    }

    fn object_meta_mut(&mut self) -> &mut ObjectMeta {
        self.metadata_mut()
    }

    fn deep_copy_object(&self) -> Box<dyn Object> {
        Box::new(self.deep_copy())
    }

    fn to_json(&self) -> serde_json::Result<serde_json::Value> {
        serde_json::to_value(self)
    }

    fn write_json(&self, out: &mut Vec<u8>) -> serde_json::Result<()> {
        serde_json::to_writer(out, self)
    }
}

impl dyn Object {
    /// Whether the object is a `T`.
    pub fn is<T: Object>(&self) -> bool {
        (self as &dyn Any).is::<T>()
    }

    /// The object as a `T`, if it is one.
    pub fn downcast_ref<T: Object>(&self) -> Option<&T> {
        (self as &dyn Any).downcast_ref()
    }

    /// The object as a `T` that can be changed, if it is one.
    pub fn downcast_mut<T: Object>(&mut self) -> Option<&mut T> {
        (self as &mut dyn Any).downcast_mut()
    }

    /// Takes the object out of its box as a `T`, or gives it back.
    pub fn downcast<T: Object>(self: Box<Self>) -> Result<Box<T>, Box<dyn Object>> {
        if self.is::<T>() {
            let object: Box<dyn Any> = self;
            return Ok(object.downcast().expect("the type was compared just before"));
        }
        Err(self)
    }
}

impl Clone for Box<dyn Object> {
    fn clone(&self) -> Self {
        (**self).deep_copy_object()
    }
}
