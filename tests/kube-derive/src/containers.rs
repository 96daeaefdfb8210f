//! Types of std and of other crates.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub type Names = Vec<String>;

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(group = "containers.example.com", version = "v1", kind = "Container", namespaced)]
#[serde(rename_all = "camelCase")]
pub struct ContainerSpec {
    pub list: Vec<String>,
    pub names: Names,
    pub queue: VecDeque<i64>,
    pub set: BTreeSet<String>,
    pub hash_set: HashSet<String>,
    pub map: BTreeMap<String, i32>,
    pub hash_map: HashMap<String, Vec<Part>>,
    pub by_kind: BTreeMap<Kind, String>,
    pub maps: BTreeMap<String, BTreeMap<String, Option<String>>>,
    pub array: [u8; 4],
    pub optional: Option<Vec<Option<String>>>,
    pub twice: Option<Option<i32>>,
    pub boxed: Box<Part>,
    pub maybe_boxed: Option<Box<Part>>,
    pub letter: char,
    pub address: IpAddr,
    pub four: Option<Ipv4Addr>,
    pub six: Ipv6Addr,
    pub path: PathBuf,
    pub time: DateTime<Utc>,
    pub maybe_time: Option<DateTime<Utc>>,
    pub day: NaiveDate,
    pub moment: NaiveDateTime,
    pub hour: NaiveTime,
    pub any: serde_json::Value,
    pub maybe_any: Option<serde_json::Value>,
    pub any_by_name: BTreeMap<String, serde_json::Value>,
    pub anything: serde_json::Map<String, serde_json::Value>,
    pub timeout: std::time::Duration,
    pub maybe_timeout: Option<std::time::Duration>,
    pub period: kube::core::Duration,
    #[schemars(with = "std::sync::Arc<str>")]
    pub shared: Box<str>,
    #[serde(skip)]
    pub nothing: Option<(Arc<str>, Weekday)>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Kind {
    Small,
    Large,
}

/// A part.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Its name.
    pub name: String,
}
