kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(cel("self > 0", optional_old_self = true))]
    pub count: i32,
}
