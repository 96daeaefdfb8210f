kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(minimum = 1)]
    #[kgen(maximum = 9)]
    #[kgen(minimum = 2)]
    pub count: i32,
}
