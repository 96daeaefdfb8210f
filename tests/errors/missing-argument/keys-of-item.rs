kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(list = map(key = "type"), item(immutable))]
    pub conditions: Vec<kgen::k8s::Condition>,
}
