//! GatewayClass: a sort of Gateway that one controller takes care of.

use kgen::k8s::{Condition, ObjectMeta};

use super::names::GatewayController;
use super::reference::ParametersReference;

/// A sort of Gateway. Gateways name their class, and the controller of the class runs them.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster, short_name = "gc", category = "gateway-api", status)]
#[kgen(annotation(
    "api-approved.kubernetes.io",
    "https://github.com/kubernetes-sigs/gateway-api/pull/4530"
))]
#[kgen(column("Controller", path = ".spec.controllerName"))]
#[kgen(column(
    "Accepted",
    path = r#".status.conditions[?(@.type=="Accepted")].status"#,
    type = "string"
))]
#[kgen(column("Age", path = ".metadata.creationTimestamp", type = "date"))]
#[kgen(column("Description", path = ".spec.description", priority = 1))]
pub struct GatewayClass {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the class is.
    pub spec: GatewayClassSpec,
    /// What the controller says of the class. It starts as not yet seen.
    #[kgen(default = json!({
        "conditions": [{
            "type": "Accepted",
            "status": "Unknown",
            "reason": "Pending",
            "message": "Waiting for controller",
            "lastTransitionTime": "1970-01-01T00:00:00Z"
        }]
    }))]
    pub status: Option<GatewayClassStatus>,
}

/// What a class is.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GatewayClassSpec {
    /// The controller that runs Gateways of this class. Never changes.
    #[kgen(cel("self == oldSelf", message = "field is immutable"))]
    pub controller_name: GatewayController,
    /// Settings of the class in an object of their own.
    pub parameters_ref: Option<ParametersReference>,
    /// A line for people.
    #[kgen(max_length = 64)]
    pub description: Option<String>,
}

/// What the controller says of a class.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct GatewayClassStatus {
    /// The state of the class; `Accepted` says whether the controller took it.
    #[kgen(list = map(key = "type"), max_items = 8)]
    #[kgen(default = json!([{
        "type": "Accepted",
        "status": "Unknown",
        "reason": "Pending",
        "message": "Waiting for controller",
        "lastTransitionTime": "1970-01-01T00:00:00Z"
    }]))]
    pub conditions: Option<Vec<Condition>>,
    /// The features of Gateway API that the class supports, in the order of their names.
    #[kgen(optional, list = map(key = "name"), max_items = 64)]
    pub supported_features: Vec<SupportedFeature>,
}

/// A feature of Gateway API.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct SupportedFeature {
    /// The name of the feature, as the conformance tests know it.
    pub name: String,
}
