#[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[kube(group = "Shop", version = "1", kind = "Order")]
pub struct OrderSpec {
    pub a: i32,
}
