kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(flatten)]
    pub names: Option<std::collections::BTreeMap<String, String>>,
}
