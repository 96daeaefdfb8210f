//! What can be done with the objects of a kind, whether their type is known to the compiler or not.

use std::fmt;

use serde::de::DeserializeOwned;

use super::by_json;
use super::error::{ConvertError, WrongType};
use crate::codec::{self, Finding};
use crate::conversion::{ConversionError, ConvertFrom, Versioned};
use crate::validation::{Errors, Operation, Path, Validate};
use crate::{DeepCopy, Defaults, Object};

/// What can be done with the objects of a kind in one version. [`Builder`](super::Builder) does it for types; a
/// server that learns of kinds at run time brings its own.
///
/// Objects that are passed in are of the type that [`Behaviour::decode`] gives; others are refused.
pub trait Behaviour: fmt::Debug + Send + Sync {
    /// Reads an object from JSON text, leniently.
    fn decode(&self, json: &[u8]) -> serde_json::Result<Box<dyn Object>>;

    /// Reads an object from JSON text, and reports unknown and duplicate fields.
    fn decode_strict(&self, json: &[u8]) -> serde_json::Result<(Box<dyn Object>, Vec<Finding>)>;

    /// Fills in what the caller left out.
    fn set_defaults(&self, object: &mut dyn Object) -> Result<(), WrongType>;

    /// Appends what is wrong with an object; on update `old` is the stored one.
    fn validate(
        &self,
        object: &dyn Object,
        old: Option<&dyn Object>,
        operation: &Operation<'_>,
        errors: &mut Errors,
    ) -> Result<(), WrongType>;

    /// Makes the object of the storage version. That version's own objects are given back.
    fn convert_to_hub(&self, object: Box<dyn Object>) -> Result<Box<dyn Object>, ConvertError>;

    /// Makes an object of this version from one of the storage version.
    fn convert_from_hub(&self, hub: Box<dyn Object>) -> Result<Box<dyn Object>, ConvertError>;

    /// Gives `to` the status of `from`, or an empty one.
    fn copy_status(&self, from: Option<&dyn Object>, to: &mut dyn Object) -> Result<(), WrongType>;

    /// Whether two objects want the same: they differ at most in their metadata and, if it is written apart, in their
    /// status. What differs otherwise is a new generation.
    fn wants_same(&self, one: &dyn Object, other: &dyn Object) -> Result<bool, WrongType>;
}

type ValidateWith<T> = fn(&T, Option<&T>, &Operation<'_>, &Path<'_>, &mut Errors);
type ToHub<T> = fn(T) -> Result<Box<dyn Object>, ConversionError>;
type FromHub<T> = fn(Box<dyn Object>) -> Result<T, ConvertError>;
type CopyStatus<T> = Box<dyn Fn(Option<&T>, &mut T) + Send + Sync>;
type WantsSame<T> = fn(&T, &T) -> bool;

/// The behaviour of a type: a small table of functions, none of which is there without need.
pub(super) struct Typed<T> {
    set_defaults: Option<fn(&mut T)>,
    validate: Option<ValidateWith<T>>,
    hub: Option<(ToHub<T>, FromHub<T>)>,
    has_status: bool,
    copy_status: Option<CopyStatus<T>>,
    wants_same: Option<WantsSame<T>>,
}

impl<T: Object> Typed<T> {
    pub(super) const fn new() -> Self {
        Self {
            set_defaults: None,
            validate: None,
            hub: None,
            has_status: false,
            copy_status: None,
            wants_same: None,
        }
    }

    pub(super) fn has_status(&mut self) {
        self.has_status = true;
    }

    pub(super) fn status_field<S>(&mut self, field: fn(&T) -> &S, field_mut: fn(&mut T) -> &mut S)
    where
        S: DeepCopy + Default + 'static,
    {
        self.copy_status = Some(Box::new(move |from, to| match from {
            Some(from) => field_mut(to).deep_copy_from(field(from)),
            None => *field_mut(to) = S::default(),
        }));
    }

    pub(super) fn compared(&mut self, wants_same: WantsSame<T>) {
        self.wants_same = Some(wants_same);
    }

    pub(super) fn defaulted(&mut self)
    where
        T: Defaults,
    {
        self.set_defaults = Some(T::set_defaults);
    }

    pub(super) fn validated(&mut self)
    where
        T: Validate,
    {
        self.validate = Some(T::validate);
    }

    pub(super) fn converted(&mut self)
    where
        T: Versioned,
        T::Hub: Object,
    {
        let to_hub = |object| T::Hub::convert_from(object).map(|hub| Box::new(hub) as Box<dyn Object>);
        let from_hub = |hub: Box<dyn Object>| {
            let hub = hub.downcast::<T::Hub>().map_err(|hub| wrong::<T::Hub>(&*hub))?;
            T::convert_from(*hub).map_err(ConvertError::Conversion)
        };
        self.hub = Some((to_hub, from_hub));
    }
}

impl<T> fmt::Debug for Typed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typed")
            .field("type", &std::any::type_name::<T>())
            .field("defaulted", &self.set_defaults.is_some())
            .field("validated", &self.validate.is_some())
            .field("converted", &self.hub.is_some())
            .field("has_status", &self.has_status)
            .finish_non_exhaustive()
    }
}

impl<T: Object + DeserializeOwned> Behaviour for Typed<T> {
    fn decode(&self, json: &[u8]) -> serde_json::Result<Box<dyn Object>> {
        Ok(Box::new(codec::from_slice::<T>(json)?))
    }

    fn decode_strict(&self, json: &[u8]) -> serde_json::Result<(Box<dyn Object>, Vec<Finding>)> {
        let (object, findings) = codec::from_slice_strict::<T>(json)?;
        Ok((Box::new(object), findings))
    }

    fn set_defaults(&self, object: &mut dyn Object) -> Result<(), WrongType> {
        if !object.is::<T>() {
            return Err(wrong::<T>(object));
        }
        if let (Some(set_defaults), Some(object)) = (self.set_defaults, object.downcast_mut::<T>()) {
            set_defaults(object);
        }
        Ok(())
    }

    fn validate(
        &self,
        object: &dyn Object,
        old: Option<&dyn Object>,
        operation: &Operation<'_>,
        errors: &mut Errors,
    ) -> Result<(), WrongType> {
        let object = object.downcast_ref::<T>().ok_or_else(|| wrong::<T>(object))?;
        let old = old.map(|old| old.downcast_ref::<T>().ok_or_else(|| wrong::<T>(old)));
        let old = old.transpose()?;
        if let Some(validate) = self.validate {
            validate(object, old, operation, &Path::ROOT, errors);
        }
        Ok(())
    }

    fn convert_to_hub(&self, object: Box<dyn Object>) -> Result<Box<dyn Object>, ConvertError> {
        let object = object.downcast::<T>().map_err(|object| wrong::<T>(&*object))?;
        match self.hub {
            Some((to_hub, _)) => to_hub(*object).map_err(ConvertError::Conversion),
            None => Ok(object),
        }
    }

    fn convert_from_hub(&self, hub: Box<dyn Object>) -> Result<Box<dyn Object>, ConvertError> {
        match self.hub {
            Some((_, from_hub)) => Ok(Box::new(from_hub(hub)?)),
            None if hub.is::<T>() => Ok(hub),
            None => Err(wrong::<T>(&*hub).into()),
        }
    }

    fn copy_status(&self, from: Option<&dyn Object>, to: &mut dyn Object) -> Result<(), WrongType> {
        let from = from.map(|from| from.downcast_ref::<T>().ok_or_else(|| wrong::<T>(from)));
        let from = from.transpose()?;
        if !to.is::<T>() {
            return Err(wrong::<T>(to));
        }
        if let Some(to) = to.downcast_mut::<T>() {
            match &self.copy_status {
                Some(copy_status) => copy_status(from, to),
                None => by_json::copy_status(from, to),
            }
        }
        Ok(())
    }

    fn wants_same(&self, one: &dyn Object, other: &dyn Object) -> Result<bool, WrongType> {
        let one = one.downcast_ref::<T>().ok_or_else(|| wrong::<T>(one))?;
        let other = other.downcast_ref::<T>().ok_or_else(|| wrong::<T>(other))?;
        Ok(match self.wants_same {
            Some(wants_same) => wants_same(one, other),
            None => by_json::wants_same(one, other, self.has_status),
        })
    }
}

fn wrong<T>(found: &dyn Object) -> WrongType {
    WrongType {
        wanted: std::any::type_name::<T>(),
        found: found.gvk(),
    }
}
