kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(map = granlar)]
    pub names: std::collections::BTreeMap<String, String>,
}
