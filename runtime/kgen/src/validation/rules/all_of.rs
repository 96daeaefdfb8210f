//! `allOf`: every one of some schemas holds.

use super::{Branch, root};
use crate::validation::text::Quoted;
use crate::validation::{Error, Errors, Path};

/// Every branch holds. What a failing branch finds is reported, and then that one failed.
pub fn all_of(errors: &mut Errors, path: &Path<'_>, branches: &[Branch<'_>]) {
    let mut valid = 0;
    for branch in branches {
        let before = errors.len();
        branch(errors);
        valid += usize::from(errors.len() == before);
    }
    if valid < branches.len() {
        errors.push_with(|| {
            let none = if valid == 0 { ". None validated" } else { "" };
            let name = root(path);
            Error::invalid(
                &Path::ROOT,
                "",
                format!("{} must validate all the schemas (allOf){none}", Quoted(&name)),
            )
        });
    }
}
