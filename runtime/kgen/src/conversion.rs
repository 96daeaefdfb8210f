//! Conversion between the versions of a kind, through the version that is stored.
//!
//! Generated code implements [`ConvertFrom`] for the types that differ, in both directions. Values are moved, never
//! copied: what is the same in both versions costs nothing.

mod containers;
mod error;
mod keep;
mod numbers;
mod quantity;
mod text;

pub use containers::{array, at, field, filled, is_default, list, map};
pub use error::ConversionError;
pub use keep::{keep, restore};
pub use quantity::quantity;
pub use text::{from_text, to_text};

/// Makes a value of this version from one of another version.
pub trait ConvertFrom<S>: Sized {
    /// Takes the other value apart.
    ///
    /// # Errors
    /// When the value cannot be said in this version: a number that is too large, or a name that it does not know.
    fn convert_from(source: S) -> Result<Self, ConversionError>;
}

/// The other side of [`ConvertFrom`]: `old.convert_into()`. It is implemented for all types that have that.
pub trait ConvertInto<T> {
    /// Makes a value of another version of this one.
    ///
    /// # Errors
    /// As [`ConvertFrom::convert_from`].
    fn convert_into(self) -> Result<T, ConversionError>;
}

impl<S, T: ConvertFrom<S>> ConvertInto<T> for S {
    #[inline]
    fn convert_into(self) -> Result<T, ConversionError> {
        T::convert_from(self)
    }
}

/// One version of a kind that has several, with the way to the stored version and back.
///
/// The stored version is its own hub. Code that knows kinds by name only calls `ConvertFrom` of the hub and of the
/// version through a table.
pub trait Versioned: ConvertFrom<Self::Hub> {
    /// The version that is stored.
    type Hub: ConvertFrom<Self>;
}

/// Converts an object from any version of its kind to any other.
///
/// # Errors
/// As [`ConvertFrom::convert_from`].
pub fn convert<S, T>(source: S) -> Result<T, ConversionError>
where
    S: Versioned,
    T: Versioned<Hub = S::Hub>,
{
    T::convert_from(S::Hub::convert_from(source)?)
}

/// What a conversion that a person writes is given. One function serves both directions.
///
/// `from` is the whole value that is converted. What the function is in charge of may be taken out of it, so that
/// nothing needs to be copied; it leaves everything else alone, because that is moved afterwards. `to` begins empty, and
/// what the function is not in charge of is set afterwards, whatever the function wrote there.
///
/// ```
/// use kgen::conversion::{ConversionError, Pair};
///
/// /// `disabled` became `enabled`.
/// fn negated(pair: Pair<'_, bool, bool>) -> Result<(), ConversionError> {
///     match pair {
///         Pair::ToHub { from, to } | Pair::FromHub { from, to } => *to = !*from,
///     }
///     Ok(())
/// }
///
/// let mut enabled = false;
/// negated(Pair::ToHub { from: &mut false, to: &mut enabled }).unwrap();
/// assert!(enabled);
/// ```
#[derive(Debug)]
pub enum Pair<'a, Old, Hub> {
    /// To the stored version.
    ToHub {
        /// What is converted.
        from: &'a mut Old,
        /// What is made of it.
        to: &'a mut Hub,
    },
    /// From the stored version.
    FromHub {
        /// What is converted.
        from: &'a mut Hub,
        /// What is made of it.
        to: &'a mut Old,
    },
}
