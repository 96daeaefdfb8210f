//! What can be done with objects.

/// What can be done with the objects of a kind, in the order of their words in discovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Verb {
    /// Make one.
    Create,
    /// Delete one.
    Delete,
    /// Delete all that are selected.
    DeleteCollection,
    /// Read one.
    Get,
    /// Read all that are selected.
    List,
    /// Change one in part.
    Patch,
    /// Replace one.
    Update,
    /// Follow what happens.
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

    /// The word in discovery and in markers.
    #[must_use]
    pub const fn word(self) -> &'static str {
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

    /// Whether these are all that there are.
    #[must_use]
    pub fn are_all(verbs: &[Self]) -> bool {
        verbs.len() == Self::ALL.len()
    }
}
