kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(default = json!({ "a": "1", "a": "2" }))]
    pub labels: std::collections::BTreeMap<String, String>,
}
