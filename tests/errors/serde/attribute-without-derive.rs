kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[serde(rename = "amount")]
    pub count: i32,
}
