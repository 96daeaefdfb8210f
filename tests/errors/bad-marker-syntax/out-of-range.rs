kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(maximum = 999999999999999999999999999999999999999999)]
    pub count: i32,
}
