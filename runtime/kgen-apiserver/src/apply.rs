//! Server-side apply: who owns which field of an object, and what follows from it when somebody writes.
//!
//! From the inside out: [`FieldSet`] is a set of paths and what `fieldsV1` holds; a [`Schema`] says which lists and maps
//! are merged by their items; an [`ObjectType`] looks at JSON values through it; a [`FieldManager`] does what the
//! server does on a write: it merges an applied configuration into the live object and keeps `metadata.managedFields`.
//!
//! Nothing here does input or output, and nothing reads the clock: the caller hands the time of the write over. The
//! semantics are those of KEP-555, as kube-apiserver 1.37 has them.
//!
//! ```
//! use std::sync::Arc;
//!
//! use jiff::Timestamp;
//! use kgen_apiserver::apply::{FieldManager, ObjectType, SingleVersion};
//! use serde_json::{Value, json};
//!
//! let schema = json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {
//!     "size": {"type": "integer"},
//!     "tags": {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set"},
//! }}}});
//! let versions = SingleVersion::new("example.com/v1", ObjectType::from_crd(&schema)?);
//! let endpoint = FieldManager::new("example.com/v1", "Shop", Arc::new(versions));
//! let shop = |spec: Value| json!({"apiVersion": "example.com/v1", "kind": "Shop", "metadata": {"name": "a"}, "spec": spec});
//!
//! let now = Timestamp::UNIX_EPOCH;
//! let live = endpoint.apply(Value::Null, &shop(json!({"size": 1, "tags": ["x"]})), "ann", false, now)?.into_object();
//! let refused = endpoint.apply(live.clone(), &shop(json!({"size": 2})), "bob", false, now);
//! assert_eq!(refused.unwrap_err().to_string(), r#"Apply failed with 1 conflict: conflict with "ann": .spec.size"#);
//! let live = endpoint.apply(live, &shop(json!({"tags": ["y"]})), "bob", false, now)?.into_object();
//! assert_eq!(live["spec"], json!({"size": 1, "tags": ["x", "y"]}));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod conflict;
mod error;
mod field_manager;
mod field_set;
mod last_applied;
mod literal;
mod managed_fields;
mod metadata;
mod object_type;
mod path;
mod schema;
mod updater;
mod user_agent;
mod versions;

pub use self::conflict::{Conflict, Conflicts};
pub use self::error::{ApplyError, Cause};
pub use self::field_manager::{FieldManager, Written};
pub use self::field_set::{FieldSet, InvalidFields};
pub use self::last_applied::LAST_APPLIED_ANNOTATION;
pub use self::literal::Literal;
pub(crate) use self::literal::{equal, is_print, quoted};
pub use self::managed_fields::{
    Entry, InvalidManagedFields, ManagedFields, ManagerId, Operation, ReplicasPaths, SCALE_API_VERSION,
    validate_managed_fields,
};
pub use self::object_type::{Comparison, Duplicates, ObjectType, TypeError, TypeErrors};
pub use self::path::{KeyField, Path, PathElement};
pub use self::schema::{InvalidSchema, Schema};
pub use self::user_agent::{MAX_MANAGER_LENGTH, manager_or_user_agent, validate_manager};
pub use self::versions::{ConvertError, SingleVersion, Versions};

/// How deep a value may be nested. What `serde_json` reads from text is never deeper than 128.
pub const MAX_DEPTH: usize = 160;

/// Whether a value is nested so little that one may walk down into it.
pub(crate) fn is_shallow(value: &serde_json::Value) -> bool {
    use serde_json::Value;

    fn fits(value: &Value, left: usize) -> bool {
        match value {
            Value::Array(items) => left > 0 && items.iter().all(|item| fits(item, left - 1)),
            Value::Object(members) => left > 0 && members.values().all(|member| fits(member, left - 1)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        }
    }
    fits(value, MAX_DEPTH)
}
