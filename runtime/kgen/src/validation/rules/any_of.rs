//! `anyOf`: at least one of some schemas holds.

use super::{Branch, count, root};
use crate::validation::text::Quoted;
use crate::validation::{Error, Errors, Path};

/// At least one branch holds. If none does, what the first of them finds is reported too.
///
/// An API server reports the branch whose checks pass most often, which is the first one if all check as much.
pub fn any_of(errors: &mut Errors, path: &Path<'_>, branches: &[Branch<'_>]) {
    if branches.is_empty() || branches.iter().any(|branch| count(*branch) == 0) {
        return;
    }
    errors.push_with(|| {
        let name = root(path);
        Error::invalid(
            &Path::ROOT,
            "",
            format!("{} must validate at least one schema (anyOf)", Quoted(&name)),
        )
    });
    if let Some(first) = branches.first() {
        first(errors);
    }
}
