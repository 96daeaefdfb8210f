kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

use kgen::k8s::{ByteString, Condition, Duration, IntOrString, LabelSelector, MicroTime, Quantity, RawExtension, Time};

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub since: Option<Time>,
    pub exactly: Option<MicroTime>,
    pub timeout: Option<Duration>,
    pub memory: Quantity,
    pub port: IntOrString,
    #[kgen(optional)]
    pub key: ByteString,
    pub selector: Option<LabelSelector>,
    #[kgen(optional, list = map(key = "type"))]
    pub conditions: Vec<Condition>,
    pub object: Option<RawExtension>,
    pub anything: serde_json::Value,
}
