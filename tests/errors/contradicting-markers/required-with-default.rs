kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(required, default = 1)]
    pub count: Option<i32>,
}
