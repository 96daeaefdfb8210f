//! Plain values that rules compare.

use super::BadValue;
use super::text::{Float, Quoted};

/// A plain value: a text, a truth value or a number.
pub trait Scalar: PartialEq {
    /// The value as errors hold it.
    fn bad_value(&self) -> BadValue;
    /// The value as messages show it.
    fn show(&self) -> String;
}

/// A number that can have bounds.
pub trait Number: Scalar + PartialOrd + Copy {
    /// Whether this is a whole multiple of the factor, which is positive.
    fn is_multiple_of(self, factor: Self) -> bool;
}

impl Scalar for str {
    fn bad_value(&self) -> BadValue {
        self.into()
    }

    fn show(&self) -> String {
        Quoted(self).to_string()
    }
}

impl Scalar for String {
    fn bad_value(&self) -> BadValue {
        self.as_str().into()
    }

    fn show(&self) -> String {
        self.as_str().show()
    }
}

impl Scalar for bool {
    fn bad_value(&self) -> BadValue {
        (*self).into()
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl<T: Scalar + ?Sized> Scalar for &T {
    fn bad_value(&self) -> BadValue {
        (**self).bad_value()
    }

    fn show(&self) -> String {
        (**self).show()
    }
}

macro_rules! integers {
    ($($ty:ty)*) => {$(
        impl Scalar for $ty {
            fn bad_value(&self) -> BadValue {
                BadValue::Json(self.to_string())
            }

            fn show(&self) -> String {
                self.to_string()
            }
        }

        impl Number for $ty {
            fn is_multiple_of(self, factor: Self) -> bool {
                self.checked_rem(factor).is_none_or(|rest| rest == 0)
            }
        }
    )*};
}
integers! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

macro_rules! floats {
    ($($ty:ty)*) => {$(
        impl Scalar for $ty {
            fn bad_value(&self) -> BadValue {
                BadValue::Json(self.show())
            }

            fn show(&self) -> String {
                // By way of the digits, so that 0.1 of 32 bits is 0.1 of 64 bits.
                Float(self.to_string().parse().unwrap_or(f64::NAN)).to_string()
            }
        }

        impl Number for $ty {
            fn is_multiple_of(self, factor: Self) -> bool {
                is_multiple(self.into(), factor.into())
            }
        }
    )*};
}
floats! { f32 f64 }

/// Whether a quotient is whole, with the tolerance of the API server.
fn is_multiple(value: f64, factor: f64) -> bool {
    const LARGEST: f64 = 9_007_199_254_740_991.0;
    const EPSILON: f64 = 1e-9;
    let quotient = if factor < 1.0 {
        1.0 / factor * value
    } else {
        value / factor
    };
    let rounded = quotient.round();
    quotient.abs() <= LARGEST && (quotient == rounded || (quotient - rounded).abs() < EPSILON * rounded.abs())
}
