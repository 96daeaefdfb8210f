//! Generic types. What they stand for is decided where they are used: `Range<i32>`, `PerZone<Percent>`.

use super::names::ByZone;

/// A lower bound, an upper bound, or both.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(map = atomic, at_least_one_of("min", "max"))]
pub struct Range<T> {
    /// The least that is legal.
    pub min: Option<T>,
    /// The most that is legal.
    pub max: Option<T>,
}

/// A value for the whole site, with exceptions for single zones.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct PerZone<T> {
    /// The value of every zone without an exception.
    pub usual: T,
    /// The exceptions.
    #[kgen(optional, max_properties = 64)]
    pub zones: ByZone<T>,
}
