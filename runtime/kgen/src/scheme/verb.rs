//! What can be done with objects.

use std::fmt;

/// What can be done with the objects of a resource, in the order of their words in discovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Makes an object.
    Create,
    /// Deletes one object.
    Delete,
    /// Deletes all objects that are selected.
    DeleteCollection,
    /// Reads one object.
    Get,
    /// Reads all objects that are selected.
    List,
    /// Changes parts of an object.
    Patch,
    /// Replaces an object.
    Update,
    /// Follows what happens to objects.
    Watch,
}

impl Verb {
    /// All verbs, which most kinds have.
    pub const ALL: [Self; 8] = [
        Self::Create,
        Self::Delete,
        Self::DeleteCollection,
        Self::Get,
        Self::List,
        Self::Patch,
        Self::Update,
        Self::Watch,
    ];

    /// The word in discovery and in rules of access.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Delete => "delete",
            Self::DeleteCollection => "deletecollection",
            Self::Get => "get",
            Self::List => "list",
            Self::Patch => "patch",
            Self::Update => "update",
            Self::Watch => "watch",
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
