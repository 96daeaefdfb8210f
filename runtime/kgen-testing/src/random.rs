//! Random values of Rust types.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use kgen::conversion::to_text;
use kgen::k8s::{ByteString, Duration, FieldsV1, IntOrString, MicroTime, ObjectMeta, Quantity, RawExtension, Time};
use kgen::k8s_openapi::jiff::Timestamp;
use kgen::serde::Serialize;
use kgen::serde_json::{Value, json};

use crate::Choices;

/// Letters of random texts.
const LETTERS: &[char] = &['a', 'Z', '0', ' ', '-', '"', '\\', '\n', 'é', '漢', '🦀'];

/// A type that random values can be made of.
pub trait Random {
    /// A value that the choices decide. The least choices make the least value.
    fn random(choices: &mut Choices<'_>) -> Self;
}

impl Choices<'_> {
    /// A random value.
    pub fn random<T: Random>(&mut self) -> T {
        T::random(self)
    }

    /// The text that a random value is in documents.
    ///
    /// # Panics
    /// When values of the type are no texts.
    pub fn text_of<T: Random + Serialize>(&mut self) -> String {
        let text = to_text(&T::random(self));
        text.unwrap_or_else(|error| panic!("{error}"))
    }
}

/// Values that each type is made of, in which choices decide.
macro_rules! random_if {
    ($($ty:ty: |$choices:ident| $value:expr;)*) => {$(
        impl Random for $ty {
            fn random($choices: &mut Choices<'_>) -> Self {
                $value
            }
        }
    )*};
}

macro_rules! random_integers {
    ($($ty:ident)*) => {random_if! {$(
        $ty: |choices| match choices.below(8) {
            6 => $ty::MIN,
            7 => $ty::MAX,
            _ => $ty::try_from(choices.below(100)).unwrap_or($ty::MAX),
        };
    )*}};
}

random_integers! { i8 i16 i32 i64 u8 u16 u32 u64 }

random_if! {
    bool: |choices| choices.is_likely(4);
    // Quarters are exact in every width.
    f32: |choices| f32::from(u16::random(choices)) / 4.0;
    f64: |choices| f64::from(u16::random(choices)) / 4.0;
    String: |choices| (0..choices.below(6)).map(|_| *choices.pick(LETTERS)).collect();
    Time: |choices| Time(timestamp(choices));
    MicroTime: |choices| MicroTime(timestamp(choices));
    Duration: |choices| Duration::from_nanos(choices.random());
    Quantity: |choices| Quantity(format!("{}Mi", choices.below(1000)));
    IntOrString: |choices| if choices.is_likely(4) {
        IntOrString::Int(choices.random())
    } else {
        IntOrString::String(choices.random())
    };
    ByteString: |choices| ByteString(choices.random());
    RawExtension: |choices| RawExtension(choices.random());
    FieldsV1: |choices| FieldsV1(json!({"f:spec": {"f:a": choices.below(9)}}));
    Value: |choices| match choices.below(4) {
        0 => json!(choices.below(100)),
        1 => json!("text"),
        2 => json!([choices.is_likely(4), null]),
        _ => json!({"a": choices.below(100)}),
    };
}

fn timestamp(choices: &mut Choices<'_>) -> Timestamp {
    Timestamp::constant(i64::from(u16::random(choices)), 0)
}

/// A name, labels and annotations.
impl Random for ObjectMeta {
    fn random(choices: &mut Choices<'_>) -> Self {
        let filled = |map: BTreeMap<String, String>| (!map.is_empty()).then_some(map);
        Self {
            name: choices.random(),
            labels: filled(choices.random()),
            annotations: filled(choices.random()),
            ..Self::default()
        }
    }
}

impl<T: Random> Random for Option<T> {
    fn random(choices: &mut Choices<'_>) -> Self {
        choices.is_likely(4).then(|| choices.random())
    }
}

impl<T: Random> Random for Box<T> {
    fn random(choices: &mut Choices<'_>) -> Self {
        Self::new(choices.random())
    }
}

impl<T: Random> Random for Vec<T> {
    fn random(choices: &mut Choices<'_>) -> Self {
        (0..choices.below(4)).map(|_| choices.random()).collect()
    }
}

impl<T: Random, const N: usize> Random for [T; N] {
    fn random(choices: &mut Choices<'_>) -> Self {
        std::array::from_fn(|_| choices.random())
    }
}

impl<K: Random + Ord, V: Random> Random for BTreeMap<K, V> {
    fn random(choices: &mut Choices<'_>) -> Self {
        (0..choices.below(3))
            .map(|_| (choices.random(), choices.random()))
            .collect()
    }
}

impl<K: Random + Eq + Hash, V: Random> Random for HashMap<K, V> {
    fn random(choices: &mut Choices<'_>) -> Self {
        (0..choices.below(3))
            .map(|_| (choices.random(), choices.random()))
            .collect()
    }
}
