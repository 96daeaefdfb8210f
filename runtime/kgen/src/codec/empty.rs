//! What it means that a value is empty.

use std::collections::{BTreeMap, HashMap};

use super::{Decode, Encode, Reader, Writer};
use crate::k8s::*;

/// Tells whether a value is what the field would hold if it were absent, so that it need not be written.
///
/// A struct is empty if all its fields are, a field with a declared default if it holds that, and an enum if it is the
/// default variant.
pub trait Empty {
    /// Whether the value is the one of an absent field.
    fn is_empty(&self) -> bool;
}

macro_rules! empty_if {
    ($($condition:expr => $($ty:ty)*;)*) => {$($(
        impl Empty for $ty {
            fn is_empty(&self) -> bool {
                let is_empty: fn(&$ty) -> bool = $condition;
                is_empty(self)
            }
        }
    )*)*};
}

empty_if! {
    |value| !*value => bool;
    |value| *value == 0 => i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize;
    // Minus zero is written, or it would come back as zero.
    |value| value.to_bits() == 0 => f32 f64;
    |value| *value == '\0' => char;
    |value| value.as_str().is_empty() => String;
    |value| value.is_null() => serde_json::Value;
}

macro_rules! empty_if_default {
    ($($ty:ty)*) => {
        empty_if! { |value| *value == Default::default() => $($ty)*; }
    };
}

types_with_default! { empty_if_default }
empty_if_default! { ObjectMeta }

impl<T> Empty for Option<T> {
    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

impl<T: Empty + ?Sized> Empty for Box<T> {
    fn is_empty(&self) -> bool {
        (**self).is_empty()
    }
}

impl<T> Empty for Vec<T> {
    fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

impl<K, V> Empty for BTreeMap<K, V> {
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<K, V, S> Empty for HashMap<K, V, S> {
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The object `{}`: the member that stands for a variant without data in a union without a discriminator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmptyObject;

impl Decode for EmptyObject {
    const FIELDS: &'static [&'static str] = &[];

    fn decode_field<'de, R: Reader<'de>>(&mut self, _field: usize, from: &mut R) -> Result<(), R::Error> {
        from.skip()
    }
}

impl Encode for EmptyObject {
    fn encode_fields<W: Writer>(&self, _out: &mut W) -> Result<(), W::Error> {
        Ok(())
    }
}

crate::impl_serde!(struct EmptyObject);
