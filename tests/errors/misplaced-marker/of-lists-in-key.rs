kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(each_key(min_items = 1))]
    pub names: std::collections::BTreeMap<String, String>,
}
