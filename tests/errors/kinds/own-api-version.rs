kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub api_version: String,
    pub metadata: kgen::k8s::ObjectMeta,
}
