//! Validation as Kubernetes does it: where a value stands, what is wrong with it, and the rules themselves.
//!
//! The texts, kinds and origins of errors are those of `k8s.io/apimachinery` (`util/validation/field`, `api/validate`) at
//! v0.37; rules that only schemas know ([`rules::pattern`], [`rules::any_of`]) say what an API server says about custom
//! resources. Nothing is allocated for a valid value.
//!
//! ```
//! use kgen::validation::{Errors, Path, rules};
//!
//! let mut errors = Errors::new();
//! let path = Path::ROOT.child("spec");
//! rules::minimum(&mut errors, &path.child("replicas"), -1, 0);
//! assert_eq!(errors.to_string(), "spec.replicas: Invalid value: -1: must be greater than or equal to 0");
//! ```

mod bad_value;
mod correlation;
mod entries;
mod error;
mod errors;
pub mod formats;
mod kind;
mod lookup;
mod operation;
mod path;
mod pattern;
pub mod rules;
mod scalar;
mod text;

pub use bad_value::BadValue;
pub use correlation::{each_by_key, each_entry, each_in_set, each_key, item};
pub use entries::Entries;
pub use error::Error;
pub use errors::Errors;
pub use kind::{ErrorKind, Level};
pub use operation::{Action, Operation, Options};
pub use path::Path;
pub use pattern::{InvalidPattern, Pattern};
pub use scalar::{Number, Scalar};

/// Tells what is wrong with a value.
///
/// Generated code implements it for types that have rules, or that hold a value of such a type.
pub trait Validate {
    /// Appends what is wrong with `self`, which stands at `path`.
    ///
    /// On update `old` is the stored value that `self` replaces, if there is one: what did not change is not checked
    /// again, so that an object that was valid once can still be edited after the rules became stricter.
    fn validate(&self, old: Option<&Self>, operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors);
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn validate(&self, old: Option<&Self>, operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
        (**self).validate(old.map(|old| &**old), operation, path, errors);
    }
}

/// Checks a whole object, at the root path.
///
/// On update `old` is the stored object.
///
/// # Errors
/// All that is wrong, if anything is.
pub fn validate<T: Validate + ?Sized>(value: &T, old: Option<&T>, operation: &Operation<'_>) -> Result<(), Errors> {
    let mut errors = Errors::new();
    value.validate(old, operation, &Path::ROOT, &mut errors);
    errors.into_result()
}
