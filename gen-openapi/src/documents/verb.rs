//! What can be done with objects, and what Kubernetes calls it in a document.

use kgen_model::model::Verb as KindVerb;

use super::document::Method;
use super::parameters::{self, Parameter};

/// What can be done with objects of a kind, or with a subresource of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verb {
    /// Read one.
    Read,
    /// Read many.
    List,
    /// Follow one, by the deprecated path.
    Watch,
    /// Follow many, by the deprecated path.
    WatchList,
    /// Replace one.
    Replace,
    /// Create one.
    Create,
    /// Delete one.
    Delete,
    /// Delete many.
    DeleteCollection,
    /// Change one in part.
    Patch,
}

impl Verb {
    /// The verb of a client's further method, as markers and discovery name it. `None` for what has no path of its own.
    pub(super) fn of_method(name: &str) -> Option<Self> {
        match name {
            "get" | "list" => Some(Self::Read),
            "update" => Some(Self::Replace),
            "create" => Some(Self::Create),
            "delete" => Some(Self::Delete),
            "patch" | "apply" => Some(Self::Patch),
            _ => None,
        }
    }

    /// The verb that the kind has to have.
    pub(super) fn of_kind(self) -> KindVerb {
        match self {
            Self::Read => KindVerb::Get,
            Self::List => KindVerb::List,
            Self::Watch | Self::WatchList => KindVerb::Watch,
            Self::Replace => KindVerb::Update,
            Self::Create => KindVerb::Create,
            Self::Delete => KindVerb::Delete,
            Self::DeleteCollection => KindVerb::DeleteCollection,
            Self::Patch => KindVerb::Patch,
        }
    }

    pub(super) fn method(self) -> Method {
        match self {
            Self::Read | Self::List | Self::Watch | Self::WatchList => Method::Get,
            Self::Replace => Method::Put,
            Self::Create => Method::Post,
            Self::Delete | Self::DeleteCollection => Method::Delete,
            Self::Patch => Method::Patch,
        }
    }

    /// The value of `x-kubernetes-action`.
    pub(super) fn action(self) -> &'static str {
        match self {
            Self::Read => "get",
            Self::List => "list",
            Self::Watch => "watch",
            Self::WatchList => "watchlist",
            Self::Replace => "put",
            Self::Create => "post",
            Self::Delete => "delete",
            Self::DeleteCollection => "deletecollection",
            Self::Patch => "patch",
        }
    }

    /// The words around the group in an operation's name: `delete` and `Collection` of
    /// `deleteBatchV1CollectionNamespacedJob`.
    pub(super) fn id_words(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => ("read", ""),
            Self::List => ("list", ""),
            Self::Watch | Self::WatchList => ("watch", ""),
            Self::Replace => ("replace", ""),
            Self::Create => ("create", ""),
            Self::Delete => ("delete", ""),
            Self::DeleteCollection => ("delete", "Collection"),
            Self::Patch => ("patch", ""),
        }
    }

    /// The parameters of the query but `pretty`, which every verb has.
    pub(super) fn parameters(self) -> &'static [Parameter] {
        match self {
            Self::Read => &[],
            Self::List | Self::Watch | Self::WatchList => parameters::LIST,
            Self::Replace | Self::Create => parameters::WRITE,
            Self::Delete => parameters::DELETE,
            Self::DeleteCollection => parameters::DELETE_COLLECTION,
            Self::Patch => parameters::PATCH,
        }
    }

    /// The status codes of success.
    pub(super) fn codes(self) -> &'static [u16] {
        match self {
            Self::Read | Self::List | Self::Watch | Self::WatchList | Self::DeleteCollection => &[200],
            Self::Replace | Self::Patch => &[200, 201],
            Self::Create => &[200, 201, 202],
            Self::Delete => &[200, 202],
        }
    }

    /// What an operation does, for people.
    pub(super) fn describe(self, kind: &str, subresource: Option<&str>) -> String {
        let one = match subresource {
            Some(subresource) => format!("`{subresource}` of one {kind}"),
            None => format!("one {kind}"),
        };
        match self {
            Self::Read => format!("read {one}"),
            Self::List => format!("list or watch {kind} objects"),
            Self::Watch => format!("watch {one}; deprecated, list with `watch` and a field selector instead"),
            Self::WatchList => format!("watch {kind} objects; deprecated, list with `watch` instead"),
            Self::Replace => format!("replace {one}"),
            Self::Create => format!("create {one}"),
            Self::Delete => format!("delete {one}"),
            Self::DeleteCollection => format!("delete all {kind} objects that match"),
            Self::Patch => format!("change {one} in part"),
        }
    }
}
