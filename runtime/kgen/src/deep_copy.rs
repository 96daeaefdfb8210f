//! Deep copies that reuse what the target already holds.
//!
//! `deep_copy` is what `Clone` is. `deep_copy_from` is the reason for the trait: `#[derive(Clone)]` never writes a
//! `clone_from`, and a `BTreeMap` has none, so that refreshing a copy of an object would allocate all of it again.

mod foreign;
mod standard;

/// Copies a value and everything below it.
///
/// ```
/// use kgen::DeepCopy;
///
/// let mut cached = vec!["a long name".to_owned()];
/// let buffer = cached[0].as_ptr();
/// cached.deep_copy_from(&vec!["another".to_owned()]);
/// assert_eq!(cached, ["another"]);
/// assert_eq!(cached[0].as_ptr(), buffer);
/// ```
pub trait DeepCopy: Sized {
    /// Returns a copy that shares nothing with `self`.
    fn deep_copy(&self) -> Self;

    /// Makes `self` a copy of `source`, and reuses the allocations of `self` where it can.
    fn deep_copy_from(&mut self, source: &Self) {
        *self = source.deep_copy();
    }
}
