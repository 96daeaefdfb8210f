kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(minimum = 1 maximum = 2)]
    pub count: i32,
}
