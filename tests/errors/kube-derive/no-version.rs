#[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[kube(group = "shop.example.com", kind = "Order")]
pub struct OrderSpec {
    pub a: i32,
}

kgen::version! { group = "shop.example.com", version = "v2" }
