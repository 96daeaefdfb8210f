//! What the types of Kubernetes itself look like, for people's types that embed them and for OpenAPI documents.
//!
//! The facts stand in two tables: `kubernetes.txt` is what Kubernetes publishes in its OpenAPI document, `overlay.txt`
//! is what that document leaves out. A definition is read from them when it is asked for, one at a time.

mod definition;
mod facts;
mod members;
mod paths;
mod rust_names;
mod table;
mod unpublished;

pub use definition::definition;
pub use members::with_members;
pub use paths::{exported_path, lookup, names, rust_path};

use crate::model::Builtin;

/// What a name stands for that a person did not define.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A scalar or opaque type.
    Builtin(Builtin),
    /// A type with a definition of this name, such as `io.k8s.api.core.v1.PodSpec`.
    Definition(&'static str),
}

/// What a definition's name stands for, such as `io.k8s.api.core.v1.PodSpec`. `None` if Kubernetes has no such
/// definition.
#[must_use]
pub fn named(name: &str) -> Option<Known> {
    if let Some(builtin) = unpublished::builtin(name) {
        return Some(Known::Builtin(builtin));
    }
    unpublished::name(name)
        .or_else(|| table::PUBLISHED.name(name))
        .map(Known::Definition)
}

/// The names of all definitions, scalars included, in order.
pub fn definitions() -> impl Iterator<Item = &'static str> {
    let mut names: Vec<&str> = table::PUBLISHED.names().chain(unpublished::names()).collect();
    names.sort_unstable();
    names.into_iter()
}
