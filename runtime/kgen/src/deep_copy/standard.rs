//! Deep copies of primitives, of the containers of the standard library and of JSON values.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use serde_json::Value;

use super::DeepCopy;

macro_rules! by_value {
    ($($ty:ty)*) => {$(
        impl DeepCopy for $ty {
            fn deep_copy(&self) -> Self {
                *self
            }
        }
    )*};
}

by_value! { () bool char f32 f64 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

impl DeepCopy for String {
    fn deep_copy(&self) -> Self {
        self.clone()
    }

    fn deep_copy_from(&mut self, source: &Self) {
        self.clone_from(source);
    }
}

impl<T: DeepCopy> DeepCopy for Option<T> {
    fn deep_copy(&self) -> Self {
        self.as_ref().map(T::deep_copy)
    }

    fn deep_copy_from(&mut self, source: &Self) {
        match (self, source) {
            (Some(value), Some(source)) => value.deep_copy_from(source),
            (target, source) => *target = source.deep_copy(),
        }
    }
}

impl<T: DeepCopy> DeepCopy for Box<T> {
    fn deep_copy(&self) -> Self {
        Box::new((**self).deep_copy())
    }

    fn deep_copy_from(&mut self, source: &Self) {
        (**self).deep_copy_from(source);
    }
}

impl<T: DeepCopy> DeepCopy for Vec<T> {
    fn deep_copy(&self) -> Self {
        self.iter().map(T::deep_copy).collect()
    }

    fn deep_copy_from(&mut self, source: &Self) {
        self.truncate(source.len());
        let (kept, added) = source.split_at(self.len());
        self.iter_mut()
            .zip(kept)
            .for_each(|(item, source)| item.deep_copy_from(source));
        self.extend(added.iter().map(T::deep_copy));
    }
}

impl<T: DeepCopy, const N: usize> DeepCopy for [T; N] {
    fn deep_copy(&self) -> Self {
        self.each_ref().map(T::deep_copy)
    }

    fn deep_copy_from(&mut self, source: &Self) {
        self.iter_mut()
            .zip(source)
            .for_each(|(item, source)| item.deep_copy_from(source));
    }
}

impl<K: Clone + Ord, V: DeepCopy> DeepCopy for BTreeMap<K, V> {
    fn deep_copy(&self) -> Self {
        self.iter()
            .map(|(key, value)| (key.clone(), value.deep_copy()))
            .collect()
    }

    fn deep_copy_from(&mut self, source: &Self) {
        // Nearly always the keys are the same, and then no key is looked up.
        if self.keys().eq(source.keys()) {
            self.values_mut()
                .zip(source.values())
                .for_each(|(value, source)| value.deep_copy_from(source));
            return;
        }
        self.retain(|key, _| source.contains_key(key));
        for (key, source) in source {
            match self.get_mut(key) {
                Some(value) => value.deep_copy_from(source),
                None => {
                    self.insert(key.clone(), source.deep_copy());
                }
            }
        }
    }
}

impl<K: Clone + Eq + Hash, V: DeepCopy, S: BuildHasher + Clone> DeepCopy for HashMap<K, V, S> {
    fn deep_copy(&self) -> Self {
        let mut copy = HashMap::with_capacity_and_hasher(self.len(), self.hasher().clone());
        copy.extend(self.iter().map(|(key, value)| (key.clone(), value.deep_copy())));
        copy
    }

    fn deep_copy_from(&mut self, source: &Self) {
        self.retain(|key, _| source.contains_key(key));
        for (key, source) in source {
            match self.get_mut(key) {
                Some(value) => value.deep_copy_from(source),
                None => {
                    self.insert(key.clone(), source.deep_copy());
                }
            }
        }
    }
}

impl DeepCopy for Value {
    fn deep_copy(&self) -> Self {
        self.clone()
    }

    fn deep_copy_from(&mut self, source: &Self) {
        match (self, source) {
            (Value::String(text), Value::String(source)) => text.deep_copy_from(source),
            (Value::Array(items), Value::Array(source)) => items.deep_copy_from(source),
            (Value::Object(members), Value::Object(source)) => members.deep_copy_from(source),
            (target, source) => *target = source.clone(),
        }
    }
}

impl DeepCopy for serde_json::Map<String, Value> {
    fn deep_copy(&self) -> Self {
        self.clone()
    }

    fn deep_copy_from(&mut self, source: &Self) {
        self.retain(|key, _| source.contains_key(key));
        for (key, source) in source {
            match self.get_mut(key) {
                Some(value) => value.deep_copy_from(source),
                None => {
                    self.insert(key.clone(), source.clone());
                }
            }
        }
    }
}
