#[derive(CustomResource, Clone, Debug, Serialize, Deserialize)]
#[kube(group = "shop.example.com", version = "v1", kind = "Order", schema = "manual")]
pub struct OrderSpec {
    pub a: i32,
}
