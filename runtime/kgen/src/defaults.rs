//! Defaulting: filling in what a caller left out.

use std::collections::{BTreeMap, HashMap};

/// Fills in what the caller left out, in place and recursively.
///
/// Decoding already puts the declared default into a plain field that is absent, since a plain field cannot tell later
/// that it was. What is left for this trait are optional fields with a default, functions that a person wrote, and
/// whatever lies below lists, maps and optional values. Running it twice changes nothing more.
///
/// Generated code implements the trait only for types that have something to default, and calls it only on fields of
/// such types.
pub trait Defaults {
    /// Sets every field that is unset and has a default.
    fn set_defaults(&mut self);
}

impl<T: Defaults + ?Sized> Defaults for Box<T> {
    fn set_defaults(&mut self) {
        (**self).set_defaults();
    }
}

/// Nothing is made up: an absent value stays absent.
impl<T: Defaults> Defaults for Option<T> {
    fn set_defaults(&mut self) {
        self.iter_mut().for_each(T::set_defaults);
    }
}

/// Defaults every item.
impl<T: Defaults> Defaults for Vec<T> {
    fn set_defaults(&mut self) {
        self.iter_mut().for_each(T::set_defaults);
    }
}

/// Defaults every item.
impl<T: Defaults, const N: usize> Defaults for [T; N] {
    fn set_defaults(&mut self) {
        self.iter_mut().for_each(T::set_defaults);
    }
}

/// Defaults every value; keys are left alone.
impl<K, V: Defaults> Defaults for BTreeMap<K, V> {
    fn set_defaults(&mut self) {
        self.values_mut().for_each(V::set_defaults);
    }
}

/// Defaults every value; keys are left alone.
impl<K, V: Defaults, S> Defaults for HashMap<K, V, S> {
    fn set_defaults(&mut self) {
        self.values_mut().for_each(V::set_defaults);
    }
}
