//! Options, boxes, lists, arrays and maps, by what they hold. The functions take what is done with each part; the
//! implementations of the trait do it by the trait.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use serde::Serialize;

use super::{ConversionError, ConvertFrom, to_text};
use crate::codec::Empty;

/// Converts the value of a field. Errors tell its name.
///
/// # Errors
/// As [`ConvertFrom::convert_from`].
#[inline]
pub fn field<S, T: ConvertFrom<S>>(name: &str, source: S) -> Result<T, ConversionError> {
    at(name, T::convert_from(source))
}

/// What was made of the value of a field. Errors tell its name.
///
/// # Errors
/// Those of the result.
#[inline]
pub fn at<T>(name: &str, converted: Result<T, ConversionError>) -> Result<T, ConversionError> {
    converted.map_err(|error| error.in_field(name))
}

/// A value that is not empty. A plain field that is empty is absent in a version where the field is an `Option`.
#[inline]
pub fn filled<T: Empty>(value: T) -> Option<T> {
    (!value.is_empty()).then_some(value)
}

/// Whether a value is the default of its type, so that nothing need be made to hold it.
#[inline]
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Converts each item. A list whose items are as large as before keeps its buffer.
///
/// # Errors
/// The first one, with its index.
#[inline]
pub fn list<S, T>(
    source: impl IntoIterator<Item = S>,
    mut each: impl FnMut(S) -> Result<T, ConversionError>,
) -> Result<Vec<T>, ConversionError> {
    let mut index = 0;
    let items = source.into_iter().map(|item| {
        let converted = each(item).map_err(|error| error.in_index(index));
        index += 1;
        converted
    });
    items.collect()
}

/// Converts each item into an array.
///
/// # Errors
/// The first one, with its index, or that there are more or fewer items than the array has.
pub fn array<S, T, const N: usize>(
    source: impl IntoIterator<Item = S>,
    each: impl FnMut(S) -> Result<T, ConversionError>,
) -> Result<[T; N], ConversionError> {
    let items = list(source, each)?;
    let found = items.len();
    items
        .try_into()
        .map_err(|_| ConversionError::new(format!("the other version has {N} items, not {found}")))
}

/// Converts each key and each value.
///
/// # Errors
/// The first one, with its key.
pub fn map<K, V, L, T, M: FromIterator<(L, T)>>(
    source: impl IntoIterator<Item = (K, V)>,
    mut key: impl FnMut(K) -> Result<L, ConversionError>,
    mut value: impl FnMut(V) -> Result<T, ConversionError>,
) -> Result<M, ConversionError>
where
    K: Serialize,
{
    let entries = source.into_iter().map(|(from, held)| match value(held) {
        Ok(held) => Ok((key(from)?, held)),
        Err(error) => Err(error.in_key(&to_text(&from)?)),
    });
    entries.collect()
}

impl<S, T: ConvertFrom<S>> ConvertFrom<Option<S>> for Option<T> {
    #[inline]
    fn convert_from(source: Option<S>) -> Result<Self, ConversionError> {
        source.map(T::convert_from).transpose()
    }
}

impl<S, T: ConvertFrom<S>> ConvertFrom<Box<S>> for Box<T> {
    #[inline]
    fn convert_from(source: Box<S>) -> Result<Self, ConversionError> {
        T::convert_from(*source).map(Self::new)
    }
}

impl<S, T: ConvertFrom<S>> ConvertFrom<Vec<S>> for Vec<T> {
    #[inline]
    fn convert_from(source: Vec<S>) -> Result<Self, ConversionError> {
        list(source, T::convert_from)
    }
}

impl<S, T: ConvertFrom<S>, const N: usize> ConvertFrom<[S; N]> for [T; N] {
    fn convert_from(source: [S; N]) -> Result<Self, ConversionError> {
        array(source, T::convert_from)
    }
}

/// Keys stay as they are.
impl<K: Ord + Serialize, S, T: ConvertFrom<S>> ConvertFrom<BTreeMap<K, S>> for BTreeMap<K, T> {
    fn convert_from(source: BTreeMap<K, S>) -> Result<Self, ConversionError> {
        map(source, Ok, T::convert_from)
    }
}

/// Keys stay as they are.
impl<K, S, T, H> ConvertFrom<HashMap<K, S, H>> for HashMap<K, T, H>
where
    K: Eq + Hash + Serialize,
    T: ConvertFrom<S>,
    H: BuildHasher + Default,
{
    fn convert_from(source: HashMap<K, S, H>) -> Result<Self, ConversionError> {
        map(source, Ok, T::convert_from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_its_buffer() {
        let source: Vec<u32> = vec![1, 2, 3];
        let before = source.as_ptr() as usize;
        let converted: Vec<i32> = ConvertFrom::convert_from(source).expect("the numbers fit");
        assert_eq!(converted, [1, 2, 3]);
        assert_eq!(converted.as_ptr() as usize, before);
    }

    #[test]
    fn errors_tell_where() {
        let source = BTreeMap::from([("a", vec![1_i64, 1 << 40])]);
        let converted: Result<BTreeMap<&str, Vec<i32>>, _> = field("sizes", source);
        let error = converted.expect_err("one is too large");
        assert_eq!(error.to_string(), "sizes[a][1]: 1099511627776 does not fit into i32");
    }

    #[test]
    fn arrays_have_their_length() {
        let converted: Result<[i64; 2], _> = array(vec![1_i32, 2, 3], ConvertFrom::convert_from);
        let error = converted.expect_err("there is one too many");
        assert_eq!(error.to_string(), "the other version has 2 items, not 3");
        let converted: Result<[i64; 2], _> = ConvertFrom::convert_from([1_i32, 2]);
        assert_eq!(converted, Ok([1, 2]));
    }

    #[test]
    fn keys_can_become_others() {
        let source = HashMap::from([("a".to_owned(), 1)]);
        let converted: Result<BTreeMap<Box<str>, i64>, _> =
            map(source, |key| Ok(key.into()), |value: i32| Ok(value.into()));
        assert_eq!(converted, Ok(BTreeMap::from([("a".into(), 1)])));
    }
}
