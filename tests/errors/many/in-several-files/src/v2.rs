kgen::version! { group = "shop.example.com", version = "v2" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(maximun = 1)]
    pub count: i32,
}
