//! The events of a request.

use std::collections::BTreeMap;
use std::net::IpAddr;

use jiff::Timestamp;
use serde::Serialize;

use super::log::Stage;
use crate::auth::User;
use crate::request::ResourceInfo;

/// What is known of a request, as it goes on.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) uri: String,
    pub(crate) verb: &'static str,
    pub(crate) user: User,
    /// On whose behalf the user asks, if that is not their own.
    pub(crate) impersonated: Option<User>,
    pub(crate) sources: Vec<IpAddr>,
    pub(crate) user_agent: String,
    pub(crate) resource: Option<ResourceInfo>,
    pub(crate) received: Timestamp,
    pub(crate) code: Option<u16>,
    pub(crate) annotations: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    kind: &'static str,
    api_version: &'static str,
    level: &'static str,
    #[serde(rename = "auditID")]
    audit_id: &'a str,
    stage: &'static str,
    #[serde(rename = "requestURI")]
    request_uri: &'a str,
    verb: &'a str,
    user: UserInfo<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    impersonated_user: Option<UserInfo<'a>>,
    #[serde(rename = "sourceIPs", skip_serializing_if = "<[IpAddr]>::is_empty")]
    source_ips: &'a [IpAddr],
    #[serde(skip_serializing_if = "str::is_empty")]
    user_agent: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    object_ref: Option<ObjectRef<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_status: Option<ResponseStatus>,
    request_received_timestamp: String,
    stage_timestamp: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: &'a BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct UserInfo<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    username: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    uid: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    groups: &'a [String],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: &'a BTreeMap<String, Vec<String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ObjectRef<'a> {
    resource: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    namespace: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    api_group: &'a str,
    api_version: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    subresource: &'a str,
}

#[derive(Serialize)]
struct ResponseStatus {
    metadata: BTreeMap<(), ()>,
    code: u16,
}

impl Record {
    /// The line that tells of a stage.
    pub(super) fn line(&self, stage: Stage) -> Vec<u8> {
        let event = Event {
            kind: "Event",
            api_version: "audit.k8s.io/v1",
            level: "Metadata",
            audit_id: &self.id,
            stage: stage.as_str(),
            request_uri: &self.uri,
            verb: self.verb,
            user: user_info(&self.user),
            impersonated_user: self.impersonated.as_ref().map(user_info),
            source_ips: &self.sources,
            user_agent: &self.user_agent,
            object_ref: self.resource.as_ref().map(object_ref),
            response_status: self.code.map(|code| ResponseStatus {
                metadata: BTreeMap::new(),
                code,
            }),
            request_received_timestamp: microseconds(self.received),
            stage_timestamp: microseconds(Timestamp::now()),
            annotations: &self.annotations,
        };
        let mut line = serde_json::to_vec(&event).unwrap_or_default();
        line.push(b'\n');
        line
    }
}

fn user_info(user: &User) -> UserInfo<'_> {
    let User {
        name,
        uid,
        groups,
        extra,
    } = user;
    UserInfo {
        username: name,
        uid,
        groups,
        extra,
    }
}

fn object_ref(resource: &ResourceInfo) -> ObjectRef<'_> {
    ObjectRef {
        resource: &resource.resource,
        namespace: &resource.namespace,
        name: &resource.name,
        api_group: &resource.group,
        api_version: &resource.version,
        subresource: &resource.subresource,
    }
}

fn microseconds(time: Timestamp) -> String {
    format!("{time:.6}")
}
