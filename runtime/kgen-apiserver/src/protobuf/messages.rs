//! The messages of `k8s.io/apimachinery/pkg/apis/meta/v1` and `k8s.io/apimachinery/pkg/runtime` that are sent or read.
//!
//! They stand here as Rust, after `generated.proto`, so that nobody needs `protoc` to build. Fields that are never used
//! are left out.

use std::collections::BTreeMap;

use bytes::Bytes;
use kgen::k8s;
use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;
use prost::Message;

#[derive(Clone, PartialEq, Message)]
pub(super) struct TypeMeta {
    #[prost(string, tag = "1")]
    pub(super) api_version: String,
    #[prost(string, tag = "2")]
    pub(super) kind: String,
}

/// The envelope.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Unknown {
    #[prost(message, optional, tag = "1")]
    pub(super) type_meta: Option<TypeMeta>,
    #[prost(bytes = "bytes", tag = "2")]
    pub(super) raw: Bytes,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct RawExtension {
    #[prost(bytes = "bytes", tag = "1")]
    pub(super) raw: Bytes,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct WatchEvent {
    #[prost(string, tag = "1")]
    pub(super) type_: String,
    #[prost(message, optional, tag = "2")]
    pub(super) object: Option<RawExtension>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct PartialObjectMetadata {
    #[prost(message, optional, tag = "1")]
    pub(super) metadata: Option<ObjectMeta>,
}

/// A list without its items, which are written already.
#[derive(Clone, PartialEq, Message)]
pub(super) struct List {
    #[prost(message, optional, tag = "1")]
    pub(super) metadata: Option<ListMeta>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct ListMeta {
    #[prost(string, optional, tag = "2")]
    resource_version: Option<String>,
    #[prost(string, optional, tag = "3")]
    continue_: Option<String>,
    #[prost(int64, optional, tag = "4")]
    remaining_item_count: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct ObjectMeta {
    #[prost(string, optional, tag = "1")]
    name: Option<String>,
    #[prost(string, optional, tag = "2")]
    generate_name: Option<String>,
    #[prost(string, optional, tag = "3")]
    namespace: Option<String>,
    #[prost(string, optional, tag = "4")]
    self_link: Option<String>,
    #[prost(string, optional, tag = "5")]
    uid: Option<String>,
    #[prost(string, optional, tag = "6")]
    resource_version: Option<String>,
    #[prost(int64, optional, tag = "7")]
    generation: Option<i64>,
    #[prost(message, optional, tag = "8")]
    creation_timestamp: Option<Time>,
    #[prost(message, optional, tag = "9")]
    deletion_timestamp: Option<Time>,
    #[prost(int64, optional, tag = "10")]
    deletion_grace_period_seconds: Option<i64>,
    #[prost(btree_map = "string, string", tag = "11")]
    labels: BTreeMap<String, String>,
    #[prost(btree_map = "string, string", tag = "12")]
    annotations: BTreeMap<String, String>,
    #[prost(message, repeated, tag = "13")]
    owner_references: Vec<OwnerReference>,
    #[prost(string, repeated, tag = "14")]
    finalizers: Vec<String>,
    #[prost(message, repeated, tag = "17")]
    managed_fields: Vec<ManagedFieldsEntry>,
}

#[derive(Clone, PartialEq, Message)]
struct OwnerReference {
    #[prost(string, tag = "1")]
    kind: String,
    #[prost(string, tag = "3")]
    name: String,
    #[prost(string, tag = "4")]
    uid: String,
    #[prost(string, tag = "5")]
    api_version: String,
    #[prost(bool, optional, tag = "6")]
    controller: Option<bool>,
    #[prost(bool, optional, tag = "7")]
    block_owner_deletion: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
struct ManagedFieldsEntry {
    #[prost(string, optional, tag = "1")]
    manager: Option<String>,
    #[prost(string, optional, tag = "2")]
    operation: Option<String>,
    #[prost(string, optional, tag = "3")]
    api_version: Option<String>,
    #[prost(message, optional, tag = "4")]
    time: Option<Time>,
    #[prost(string, optional, tag = "6")]
    fields_type: Option<String>,
    #[prost(message, optional, tag = "7")]
    fields_v1: Option<FieldsV1>,
    #[prost(string, optional, tag = "8")]
    subresource: Option<String>,
}

/// A set of fields as JSON.
#[derive(Clone, PartialEq, Message)]
struct FieldsV1 {
    #[prost(bytes = "vec", tag = "1")]
    raw: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
struct Time {
    #[prost(int64, tag = "1")]
    seconds: i64,
    #[prost(int32, tag = "2")]
    nanos: i32,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Status {
    #[prost(message, optional, tag = "1")]
    metadata: Option<ListMeta>,
    #[prost(string, optional, tag = "2")]
    status: Option<String>,
    #[prost(string, optional, tag = "3")]
    message: Option<String>,
    #[prost(string, optional, tag = "4")]
    reason: Option<String>,
    #[prost(message, optional, tag = "5")]
    details: Option<StatusDetails>,
    #[prost(int32, optional, tag = "6")]
    code: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
struct StatusDetails {
    #[prost(string, optional, tag = "1")]
    name: Option<String>,
    #[prost(string, optional, tag = "2")]
    group: Option<String>,
    #[prost(string, optional, tag = "3")]
    kind: Option<String>,
    #[prost(message, repeated, tag = "4")]
    causes: Vec<StatusCause>,
    #[prost(int32, optional, tag = "5")]
    retry_after_seconds: Option<i32>,
    #[prost(string, optional, tag = "6")]
    uid: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
struct StatusCause {
    #[prost(string, optional, tag = "1")]
    reason: Option<String>,
    #[prost(string, optional, tag = "2")]
    message: Option<String>,
    #[prost(string, optional, tag = "3")]
    field: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct DeleteOptions {
    #[prost(int64, optional, tag = "1")]
    grace_period_seconds: Option<i64>,
    #[prost(message, optional, tag = "2")]
    preconditions: Option<Preconditions>,
    #[prost(bool, optional, tag = "3")]
    orphan_dependents: Option<bool>,
    #[prost(string, optional, tag = "4")]
    propagation_policy: Option<String>,
    #[prost(string, repeated, tag = "5")]
    dry_run: Vec<String>,
    #[prost(bool, optional, tag = "6")]
    ignore_store_read_error_with_cluster_breaking_potential: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
struct Preconditions {
    #[prost(string, optional, tag = "1")]
    uid: Option<String>,
    #[prost(string, optional, tag = "2")]
    resource_version: Option<String>,
}

impl From<k8s::ListMeta> for ListMeta {
    fn from(list: k8s::ListMeta) -> Self {
        Self {
            resource_version: list.resource_version,
            continue_: list.continue_,
            remaining_item_count: list.remaining_item_count,
        }
    }
}

impl From<k8s::ObjectMeta> for ObjectMeta {
    fn from(object: k8s::ObjectMeta) -> Self {
        let k8s::ObjectMeta {
            annotations,
            creation_timestamp,
            deletion_grace_period_seconds,
            deletion_timestamp,
            finalizers,
            generate_name,
            generation,
            labels,
            managed_fields,
            name,
            namespace,
            owner_references,
            resource_version,
            self_link,
            uid,
        } = object;
        Self {
            name,
            generate_name,
            namespace,
            self_link,
            uid,
            resource_version,
            generation,
            creation_timestamp: creation_timestamp.map(Time::from),
            deletion_timestamp: deletion_timestamp.map(Time::from),
            deletion_grace_period_seconds,
            labels: labels.unwrap_or_default(),
            annotations: annotations.unwrap_or_default(),
            owner_references: messages(owner_references),
            finalizers: finalizers.unwrap_or_default(),
            managed_fields: messages(managed_fields),
        }
    }
}

/// Each as a message.
fn messages<T, M: From<T>>(values: Option<Vec<T>>) -> Vec<M> {
    values.into_iter().flatten().map(M::from).collect()
}

impl From<k8s::OwnerReference> for OwnerReference {
    fn from(owner: k8s::OwnerReference) -> Self {
        let k8s::OwnerReference {
            api_version,
            block_owner_deletion,
            controller,
            kind,
            name,
            uid,
        } = owner;
        Self {
            kind,
            name,
            uid,
            api_version,
            controller,
            block_owner_deletion,
        }
    }
}

impl From<k8s::ManagedFieldsEntry> for ManagedFieldsEntry {
    fn from(entry: k8s::ManagedFieldsEntry) -> Self {
        let k8s::ManagedFieldsEntry {
            api_version,
            fields_type,
            fields_v1,
            manager,
            operation,
            subresource,
            time,
        } = entry;
        Self {
            manager,
            operation,
            api_version,
            time: time.map(Time::from),
            fields_type,
            fields_v1: fields_v1.map(|fields| FieldsV1 {
                raw: fields.0.to_string().into_bytes(),
            }),
            subresource,
        }
    }
}

impl From<k8s::Time> for Time {
    fn from(time: k8s::Time) -> Self {
        Self {
            seconds: time.0.as_second(),
            // As Go servers, which send times in whole seconds.
            nanos: 0,
        }
    }
}

impl From<k8s::Status> for Status {
    fn from(status: k8s::Status) -> Self {
        let k8s::Status {
            code,
            details,
            message,
            metadata,
            reason,
            status,
        } = status;
        Self {
            metadata: Some(metadata.into()),
            status,
            message,
            reason,
            details: details.map(StatusDetails::from),
            code,
        }
    }
}

impl From<meta::StatusDetails> for StatusDetails {
    fn from(details: meta::StatusDetails) -> Self {
        let meta::StatusDetails {
            causes,
            group,
            kind,
            name,
            retry_after_seconds,
            uid,
        } = details;
        Self {
            name,
            group,
            kind,
            causes: messages(causes),
            retry_after_seconds,
            uid,
        }
    }
}

impl From<meta::StatusCause> for StatusCause {
    fn from(cause: meta::StatusCause) -> Self {
        let meta::StatusCause { field, message, reason } = cause;
        Self { reason, message, field }
    }
}

impl From<DeleteOptions> for meta::DeleteOptions {
    fn from(options: DeleteOptions) -> Self {
        let DeleteOptions {
            grace_period_seconds,
            preconditions,
            orphan_dependents,
            propagation_policy,
            dry_run,
            ignore_store_read_error_with_cluster_breaking_potential,
        } = options;
        Self {
            dry_run: (!dry_run.is_empty()).then_some(dry_run),
            grace_period_seconds,
            ignore_store_read_error_with_cluster_breaking_potential,
            orphan_dependents,
            preconditions: preconditions.map(|seen| meta::Preconditions {
                resource_version: seen.resource_version,
                uid: seen.uid,
            }),
            propagation_policy,
            ..Self::default()
        }
    }
}
