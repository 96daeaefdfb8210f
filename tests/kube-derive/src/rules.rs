//! Rules in CEL.

use kube::{CustomResource, KubeSchema};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rules at every place.
#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, KubeSchema)]
#[kube(group = "rules.example.com", version = "v1", kind = "Ruled", namespaced)]
#[kube(
    validation = "self.metadata.name != 'never'",
    validation = Rule::new("self.spec.a != ''").message("a is needed").reason(Reason::FieldValueRequired)
)]
#[x_kube(validation = ("self.a != self.b", "a and b differ"))]
#[x_kube(validation = Rule::new("true").message(Message::Expression("'a: ' + self.a".into())).field_path(".a"))]
pub struct RuledSpec {
    /// The first.
    #[x_kube(validation = "self != ''", validation = Rule::new("self == oldSelf.value()").optional_old_self(true))]
    pub a: String,
    #[x_kube(validation = Rule::new(RULE).message(Message::Message("constant".into())).reason(Reason::FieldValueForbidden))]
    pub b: Option<String>,
    #[serde(default, rename = "see")]
    #[x_kube(validation = Rule { rule: "self >= 0".into(), message: Some("positive".into()), ..Default::default() })]
    pub c: i32,
    pub inner: Inner,
    pub plain: Plain,
}

const RULE: &str = "self.size() < 9";

/// Rules inside.
#[derive(Clone, Debug, Serialize, Deserialize, KubeSchema)]
#[serde(deny_unknown_fields)]
#[x_kube(validation = "has(self.x)")]
pub struct Inner {
    #[x_kube(validation = "self > 0")]
    pub x: Option<i32>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-kubernetes-validations" = [{"rule": "self.y == 1", "message": "extended"}]))]
pub struct Plain {
    pub y: i32,
}
