kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(default = json!([1 2]))]
    pub counts: Vec<i32>,
}
