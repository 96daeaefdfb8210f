//! The parameters of requests to a Kubernetes API server, and which operation takes which. The names and types are
//! those of `ListOptions`, `CreateOptions`, `UpdateOptions`, `PatchOptions` and `DeleteOptions` of meta/v1 as far as they
//! are generally available.

use crate::schema::JsonType;

/// A parameter in the path or the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameter {
    /// The name.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What it holds.
    pub type_: JsonType,
    /// What it means, for people.
    pub description: &'static str,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the path, where it is required.
    Path,
    /// In the query, where it is optional.
    Query,
}

impl Place {
    /// The name, as documents hold it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
        }
    }
}

pub(super) const NAME: Parameter = Parameter {
    name: "name",
    place: Place::Path,
    type_: JsonType::String,
    description: "The name of the object.",
};
pub(super) const NAMESPACE: Parameter = Parameter {
    name: "namespace",
    place: Place::Path,
    type_: JsonType::String,
    description: "The namespace of the objects.",
};
pub(super) const PRETTY: Parameter = text("pretty", "With `true`, the answer is indented for people to read.");

const ALLOW_WATCH_BOOKMARKS: Parameter = flag(
    "allowWatchBookmarks",
    "When watching, asks for events that carry nothing but a resource version.",
);
const CONTINUE: Parameter = text("continue", "Where the last page of a list ended, as its metadata says.");
const DRY_RUN: Parameter = text("dryRun", "With `All`, everything is checked and nothing is stored.");
const FIELD_MANAGER: Parameter = text("fieldManager", "Who makes the change. Server-side apply requires it.");
const FIELD_SELECTOR: Parameter = text(
    "fieldSelector",
    "Only objects whose fields match, such as `metadata.name=a`.",
);
const FIELD_VALIDATION: Parameter = text(
    "fieldValidation",
    "What to do about unknown and duplicate fields: `Ignore`, `Warn` or `Strict`.",
);
const FORCE: Parameter = flag(
    "force",
    "With server-side apply, takes fields over from other managers.",
);
const GRACE_PERIOD_SECONDS: Parameter = number("gracePeriodSeconds", "How long deletion may take. 0 means at once.");
const IGNORE_STORE_READ_ERROR: Parameter = flag(
    "ignoreStoreReadErrorWithClusterBreakingPotential",
    "Deletes an object that the server cannot read, without finalizers and checks. Dangerous.",
);
const LABEL_SELECTOR: Parameter = text("labelSelector", "Only objects whose labels match, such as `app=a`.");
const LIMIT: Parameter = number("limit", "How many objects a page of the list holds at most.");
const ORPHAN_DEPENDENTS: Parameter = flag("orphanDependents", "Deprecated: use `propagationPolicy`.");
const PROPAGATION_POLICY: Parameter = text(
    "propagationPolicy",
    "What becomes of dependent objects: `Orphan`, `Background` or `Foreground`.",
);
const RESOURCE_VERSION: Parameter = text(
    "resourceVersion",
    "How fresh the answer must be, or where a watch begins.",
);
const RESOURCE_VERSION_MATCH: Parameter = text(
    "resourceVersionMatch",
    "How to read `resourceVersion`: `Exact` or `NotOlderThan`.",
);
const SEND_INITIAL_EVENTS: Parameter = flag(
    "sendInitialEvents",
    "When watching, begins with an event for each object that exists, then a bookmark.",
);
const TIMEOUT_SECONDS: Parameter = number("timeoutSeconds", "How long the list or watch may last.");
const WATCH: Parameter = flag("watch", "Streams changes instead of answering with a list.");

/// What lists and watches take.
pub(super) const LIST: &[Parameter] = &[
    ALLOW_WATCH_BOOKMARKS,
    CONTINUE,
    FIELD_SELECTOR,
    LABEL_SELECTOR,
    LIMIT,
    RESOURCE_VERSION,
    RESOURCE_VERSION_MATCH,
    SEND_INITIAL_EVENTS,
    TIMEOUT_SECONDS,
    WATCH,
];

/// What creating and replacing take.
pub(super) const WRITE: &[Parameter] = &[DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION];

/// What patches take.
pub(super) const PATCH: &[Parameter] = &[DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION, FORCE];

/// What deleting one object takes.
pub(super) const DELETE: &[Parameter] = &[
    DRY_RUN,
    GRACE_PERIOD_SECONDS,
    IGNORE_STORE_READ_ERROR,
    ORPHAN_DEPENDENTS,
    PROPAGATION_POLICY,
];

/// What deleting many objects takes.
pub(super) const DELETE_COLLECTION: &[Parameter] = &[
    CONTINUE,
    DRY_RUN,
    FIELD_SELECTOR,
    GRACE_PERIOD_SECONDS,
    IGNORE_STORE_READ_ERROR,
    LABEL_SELECTOR,
    LIMIT,
    ORPHAN_DEPENDENTS,
    PROPAGATION_POLICY,
    RESOURCE_VERSION,
    RESOURCE_VERSION_MATCH,
    SEND_INITIAL_EVENTS,
    TIMEOUT_SECONDS,
];

const fn text(name: &'static str, description: &'static str) -> Parameter {
    Parameter {
        name,
        place: Place::Query,
        type_: JsonType::String,
        description,
    }
}

const fn flag(name: &'static str, description: &'static str) -> Parameter {
    Parameter {
        name,
        place: Place::Query,
        type_: JsonType::Boolean,
        description,
    }
}

const fn number(name: &'static str, description: &'static str) -> Parameter {
    Parameter {
        name,
        place: Place::Query,
        type_: JsonType::Integer,
        description,
    }
}
