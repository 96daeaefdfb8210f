kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub unit_count: i32,
    #[serde(rename = "podIPs", default, skip_serializing_if = "Vec::is_empty")]
    pub pod_ips: Vec<String>,
    #[serde(flatten)]
    pub common: Common,
    #[serde(skip)]
    pub cache: u128,
    #[serde(default)]
    #[kgen(default = 3, minimum = 1)]
    pub retries: Option<i32>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api, serde::Serialize, serde::Deserialize)]
pub struct Common {
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Shop {
    pub metadata: kgen::k8s::ObjectMeta,
    pub order: Order,
}
