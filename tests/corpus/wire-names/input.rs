kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(name = "podIPs")]
    pub pod_ips: Vec<String>,
    pub unit_count: i32,
    pub r#type: String,
    pub match_: String,
    pub a: i32,
    pub url_2: String,
}
