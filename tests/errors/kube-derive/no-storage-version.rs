pub mod v1 {
    #[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
    #[kube(group = "shop.example.com", version = "v1", kind = "Order", namespaced)]
    pub struct OrderSpec {
        pub a: i32,
    }
}

pub mod v2 {
    #[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
    #[kube(group = "shop.example.com", version = "v2", kind = "Order", namespaced)]
    pub struct OrderSpec {
        pub a: i32,
    }
}
