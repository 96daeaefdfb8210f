//! Version v1beta1 of Gateway API, served for old clients. Its kinds have the fields of v1.

use kgen::k8s::ObjectMeta;

kgen::version! { group = "gateway.networking.k8s.io", version = "v1beta1" }

/// A sort of Gateway. Gateways name their class, and the controller of the class runs them.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster, short_name = "gc", category = "gateway-api", status)]
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
    pub spec: crate::v1::GatewayClassSpec,
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
    pub status: Option<crate::v1::GatewayClassStatus>,
}

/// A place where traffic enters: addresses, and the listeners behind them that routes attach to.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, short_name = "gtw", category = "gateway-api", status)]
#[kgen(column("Class", path = ".spec.gatewayClassName"))]
#[kgen(column("Address", path = ".status.addresses[*].value"))]
#[kgen(column(
    "Programmed",
    path = r#".status.conditions[?(@.type=="Programmed")].status"#,
    type = "string"
))]
#[kgen(column("Age", path = ".metadata.creationTimestamp", type = "date"))]
pub struct Gateway {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the Gateway shall be.
    pub spec: crate::v1::GatewaySpec,
    /// What the controller made of it. It starts as not yet seen.
    #[kgen(default = json!({
        "conditions": [
            {
                "type": "Accepted",
                "status": "Unknown",
                "reason": "Pending",
                "message": "Waiting for controller",
                "lastTransitionTime": "1970-01-01T00:00:00Z"
            },
            {
                "type": "Programmed",
                "status": "Unknown",
                "reason": "Pending",
                "message": "Waiting for controller",
                "lastTransitionTime": "1970-01-01T00:00:00Z"
            }
        ]
    }))]
    pub status: Option<crate::v1::GatewayStatus>,
}

/// Which HTTP requests go to which backends, and what happens to them on the way.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind = "HTTPRoute", namespaced, category = "gateway-api", status)]
#[kgen(column("Hostnames", path = ".spec.hostnames", type = "string"))]
#[kgen(column("Age", path = ".metadata.creationTimestamp", type = "date"))]
pub struct HttpRoute {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the route shall do.
    pub spec: crate::v1::HttpRouteSpec,
    /// What became of it at its parents.
    pub status: Option<crate::v1::RouteStatus>,
}
