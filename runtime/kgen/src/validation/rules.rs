//! The rules, one a file, as free functions: they look at a value and push what is wrong with it.
//!
//! Rules that upstream has markers for (`+k8s:…`) speak as apimachinery does. Keywords that only schemas have
//! ([`pattern`], [`multiple_of`], [`exclusive_minimum`], [`exclusive_maximum`], [`unique_items`], [`all_of`], [`any_of`],
//! [`one_of`], [`not`]) speak as an API server does of custom resources; those have no origin.
//!
//! Wherever a rule asks whether a value is set, the caller says it: an `Option` if it is `Some`, a list, map or text if it
//! is not empty, a number if it is not zero, a truth value if it is true.

mod all_of;
mod any_of;
mod dependent_forbidden;
mod dependent_required;
mod discriminated_union;
mod enum_values;
mod exclusive_maximum;
mod exclusive_minimum;
mod fields_required;
mod forbidden;
mod immutable;
mod max_bytes;
mod max_items;
mod max_length;
mod max_properties;
mod maximum;
mod min_items;
mod min_length;
mod min_properties;
mod minimum;
mod monotonic;
mod multiple_of;
mod neq;
mod not;
mod one_of;
mod pattern;
mod required;
mod union;
mod unique_items;
mod unique_map;
mod unique_set;
mod update;
mod validate_false;
mod zero_or_one_of;

pub use all_of::all_of;
pub use any_of::any_of;
pub use dependent_forbidden::dependent_forbidden;
pub use dependent_required::dependent_required;
pub use discriminated_union::{Discriminated, discriminated_union};
pub use enum_values::{Exclusion, enum_excluded, enum_scalars, enum_values, enum_values_except};
pub use exclusive_maximum::exclusive_maximum;
pub use exclusive_minimum::exclusive_minimum;
pub use fields_required::fields_required;
pub use forbidden::forbidden;
pub use immutable::immutable;
pub use max_bytes::max_bytes;
pub use max_items::max_items;
pub use max_length::max_length;
pub use max_properties::max_properties;
pub use maximum::maximum;
pub use min_items::min_items;
pub use min_length::min_length;
pub use min_properties::min_properties;
pub use minimum::minimum;
pub use monotonic::monotonic;
pub use multiple_of::multiple_of;
pub use neq::neq;
pub use not::not;
pub use one_of::one_of;
pub use pattern::pattern;
pub use required::required;
pub use union::union;
pub use unique_items::unique_items;
pub use unique_map::unique_map;
pub use unique_set::unique_set;
pub use update::{Constraint, update, update_list_map, update_map, update_set};
pub use validate_false::validate_false;
pub use zero_or_one_of::zero_or_one_of;

use super::{Errors, Path};

/// One of several schemas that are combined: it pushes what is wrong by its rules.
pub type Branch<'a> = &'a dyn Fn(&mut Errors);

/// Two fields beside each other, the one that matters for the other first: their names, and whether they are set.
pub type Presence<'a> = [(&'a str, bool); 2];

/// How many errors a branch finds.
fn count(branch: Branch<'_>) -> usize {
    let mut errors = Errors::counting();
    branch(&mut errors);
    errors.len()
}

/// A path as schemas name it: nothing for the object itself.
pub(super) fn root(path: &Path<'_>) -> String {
    if path.is_root() {
        String::new()
    } else {
        path.to_string()
    }
}

pub(super) fn in_body(path: &Path<'_>) -> String {
    format!("{} in body", root(path))
}

fn quoted_names(members: &[&str]) -> String {
    members
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn set_names(members: &[&str], set: &[bool]) -> String {
    let names: Vec<&str> = members
        .iter()
        .zip(set)
        .filter(|(_, is_set)| **is_set)
        .map(|(name, _)| *name)
        .collect();
    format!("{{{}}}", names.join(", "))
}
