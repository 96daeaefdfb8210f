kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    #[kgen(name = "podIPs")]
    pub pod_ips: Vec<String>,
    pub unit_count: i32,
    pub r#type: String,
    pub match_: String,
    pub a: i32,
    pub url_2: String,
}
