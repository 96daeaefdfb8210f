//! Enums with data.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "unions.example.com",
    version = "v1",
    kind = "United",
    namespaced,
    status = "UnitedStatus"
)]
#[serde(rename_all = "camelCase")]
pub struct UnitedSpec {
    pub source: Source,
    pub maybe_source: Option<Source>,
    pub shape: Shape,
    pub untagged: Untagged,
    pub maybe_untagged: Option<Untagged>,
    pub text_or_number: TextOrNumber,
    pub tagged: Tagged,
    pub adjacent: Adjacent,
    pub sources: Vec<Source>,
}

/// Where it comes from.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// From git.
    Git(Git),
    /// From a file.
    LocalFile {
        path: String,
        #[serde(default)]
        follow: bool,
    },
    Inline(String),
    Many(Vec<Git>),
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Git {
    /// Where it lies.
    pub url: String,
    pub branch: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all_fields = "camelCase")]
pub enum Shape {
    Circle {
        the_radius: i32,
    },
    #[serde(rename_all = "SCREAMING-KEBAB-CASE")]
    Square {
        side_length: i32,
    },
}

/// Either of both.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Untagged {
    /// The first.
    First { first: String },
    /// The second.
    Second { second: i32 },
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(extend("x-kubernetes-int-or-string" = true))]
pub enum TextOrNumber {
    Text(String),
    Number(i32),
}

/// One variant is as much as kube takes of this form.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
pub enum Tagged {
    Only { value: String },
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
pub enum Adjacent {
    Only(Git),
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct UnitedStatus {
    pub source: Option<Source>,
}

/// The spec itself is an enum.
#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(group = "unions.example.com", version = "v1", kind = "Choice")]
pub enum ChoiceSpec {
    /// By name.
    Named {
        name: String,
    },
    Numbered(Number),
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Number {
    pub number: u32,
}
