kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(default = json!({ app: "shop" }))]
    pub labels: std::collections::BTreeMap<String, String>,
}
