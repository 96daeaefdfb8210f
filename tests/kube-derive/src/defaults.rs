//! Defaults that serde takes for absent members.

use std::collections::BTreeMap;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const REPLICAS: i32 = 3;

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(group = "defaults.example.com", version = "v1", kind = "Defaulted", namespaced)]
#[serde(rename_all = "camelCase")]
pub struct DefaultedSpec {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub number: i64,
    #[serde(default)]
    pub share: f64,
    #[serde(default)]
    pub switch: bool,
    #[serde(default)]
    pub list: Vec<String>,
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    #[serde(default)]
    pub maybe: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maybe_left_out: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list_left_out: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub switch_left_out: bool,
    #[serde(default = "default_replicas")]
    pub replicas: i32,
    #[serde(default = "default_image")]
    pub image: String,
    #[serde(default = "default_tags")]
    pub tags: Vec<String>,
    #[serde(default = "default_labels")]
    pub labels: BTreeMap<String, i32>,
    #[serde(default = "default_limit")]
    pub limit: Option<u32>,
    #[serde(default = "Strategy::cautious")]
    pub strategy: Strategy,
    #[serde(default)]
    pub default_strategy: Strategy,
    #[serde(default)]
    pub probe: Probe,
    #[serde(default)]
    pub limits: Limits,
    #[serde(default = "default_probe")]
    pub other_probe: Probe,
    #[serde(default = "yes")]
    pub enabled: bool,
    #[serde(default = "timeout")]
    pub timeout_seconds: u64,
    #[serde(default)]
    pub mode: Mode,
    pub inner: WholeDefault,
    pub by_function: ByFunction,
}

fn default_replicas() -> i32 {
    REPLICAS
}

fn default_image() -> String {
    "nginx".to_string()
}

fn default_tags() -> Vec<String> {
    vec!["a".into(), String::from("b")]
}

fn default_labels() -> BTreeMap<String, i32> {
    BTreeMap::from([("one".to_owned(), 1), ("two".to_owned(), 2)])
}

fn default_limit() -> Option<u32> {
    Some(10)
}

fn yes() -> bool {
    true
}

fn timeout() -> u64 {
    5 * 60
}

fn default_probe() -> Probe {
    Probe {
        path: "/ready".to_owned(),
        ..Probe::default()
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    RollingUpdate,
    #[default]
    Recreate,
}

impl Strategy {
    fn cautious() -> Self {
        Self::RollingUpdate
    }
}

/// How to look.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Probe {
    pub path: String,
    pub port_number: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
}

impl Default for Probe {
    fn default() -> Self {
        Self {
            path: "/healthz".into(),
            port_number: 8080,
            host: None,
        }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Limits {
    pub cpu: Option<String>,
    pub most: i32,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Fast.
    #[default]
    Fast,
    /// Slow.
    Slow,
}

/// A struct whose default is that of its fields.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct WholeDefault {
    pub first: i32,
    #[serde(default = "yes")]
    pub second: bool,
    pub third_one: Option<String>,
}

impl Default for WholeDefault {
    fn default() -> Self {
        WholeDefault {
            first: 7,
            second: false,
            third_one: Some("x".to_owned()),
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default = "by_function")]
pub struct ByFunction {
    pub a: i32,
}

fn by_function() -> ByFunction {
    ByFunction { a: -1 }
}
