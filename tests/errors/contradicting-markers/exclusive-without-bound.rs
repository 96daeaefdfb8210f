kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(maximum = 1, exclusive_minimum)]
    pub count: i32,
}
