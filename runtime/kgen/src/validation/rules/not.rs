//! `not`: a schema does not hold.

use super::{Branch, count, root};
use crate::validation::text::Quoted;
use crate::validation::{Error, Errors, Path};

/// The branch does not hold.
pub fn not(errors: &mut Errors, path: &Path<'_>, branch: Branch<'_>) {
    if count(branch) == 0 {
        errors.push_with(|| {
            let name = root(path);
            Error::invalid(
                &Path::ROOT,
                "",
                format!("{} must not validate the schema (not)", Quoted(&name)),
            )
        });
    }
}
