kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(flatten)]
    pub names: std::collections::BTreeMap<String, String>,
}
