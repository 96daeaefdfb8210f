kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(default = DEFAULT_COUNT)]
    pub count: i32,
}
