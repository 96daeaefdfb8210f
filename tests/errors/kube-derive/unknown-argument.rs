#[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[kube(group = "shop.example.com", version = "v1", kind = "Order", namespace, schema = "own")]
pub struct OrderSpec {
    pub a: i32,
}
