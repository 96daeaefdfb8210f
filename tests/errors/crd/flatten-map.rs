kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
}

#[derive(kgen::Api, serde::Serialize, serde::Deserialize)]
pub struct OrderSpec {
    #[serde(flatten)]
    pub names: std::collections::BTreeMap<String, String>,
}
