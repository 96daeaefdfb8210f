//! `oneOf`: exactly one of some schemas holds.

use super::{Branch, count, root};
use crate::validation::text::Quoted;
use crate::validation::{Error, Errors, Path};

/// Exactly one branch holds. If none does, what the first of them finds is reported too.
///
/// An API server reports the branch whose checks pass most often, which is the first one if all check as much.
pub fn one_of(errors: &mut Errors, path: &Path<'_>, branches: &[Branch<'_>]) {
    let valid = branches.iter().filter(|branch| count(**branch) == 0).count();
    if branches.is_empty() || valid == 1 {
        return;
    }
    errors.push_with(|| {
        let found = match valid {
            0 => "Found none valid".to_owned(),
            valid => format!("Found {valid} valid alternatives"),
        };
        let name = root(path);
        let detail = format!(
            "{} must validate one and only one schema (oneOf). {found}",
            Quoted(&name)
        );
        Error::invalid(&Path::ROOT, "", detail)
    });
    if valid == 0
        && let Some(first) = branches.first()
    {
        first(errors);
    }
}
