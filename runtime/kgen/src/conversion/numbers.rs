//! Numbers of other widths. What does not fit is an error, never another number.

use super::{ConversionError, ConvertFrom};

macro_rules! integers {
    ($($target:ty: $($source:ty)*;)*) => {$($(
        impl ConvertFrom<$source> for $target {
            #[inline]
            fn convert_from(source: $source) -> Result<Self, ConversionError> {
                Self::try_from(source).map_err(|_| misfit(source, stringify!($target)))
            }
        }
    )*)*};
}

integers! {
    i8: i16 i32 i64 u8 u16 u32 u64;
    i16: i8 i32 i64 u8 u16 u32 u64;
    i32: i8 i16 i64 u8 u16 u32 u64;
    i64: i8 i16 i32 u8 u16 u32 u64;
    u8: i8 i16 i32 i64 u16 u32 u64;
    u16: i8 i16 i32 i64 u8 u32 u64;
    u32: i8 i16 i32 i64 u8 u16 u64;
    u64: i8 i16 i32 i64 u8 u16 u32;
}

impl ConvertFrom<f32> for f64 {
    #[inline]
    fn convert_from(source: f32) -> Result<Self, ConversionError> {
        Ok(source.into())
    }
}

/// The nearest number, unless the source is beyond all of them.
impl ConvertFrom<f64> for f32 {
    fn convert_from(source: f64) -> Result<Self, ConversionError> {
        #[expect(clippy::cast_possible_truncation, reason = "the nearest value is wanted")]
        let nearest = source as Self;
        if nearest.is_finite() || !source.is_finite() {
            Ok(nearest)
        } else {
            Err(misfit(source, "f32"))
        }
    }
}

fn misfit(source: impl std::fmt::Display, target: &str) -> ConversionError {
    ConversionError::new(format!("{source} does not fit into {target}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert_eq!(u8::convert_from(255_i64), Ok(255));
        let error = u8::convert_from(-1_i32).expect_err("it is negative");
        assert_eq!(error.to_string(), "-1 does not fit into u8");
        assert_eq!(f32::convert_from(0.1_f64), Ok(0.1_f32));
        assert!(f32::convert_from(1e300_f64).is_err());
    }
}
