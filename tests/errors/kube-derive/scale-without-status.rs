#[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[kube(group = "shop.example.com", version = "v1", kind = "Order")]
#[kube(scale(spec_replicas_path = ".spec.a", status_replicas_path = ".status.a"))]
pub struct OrderSpec {
    pub a: i32,
}
