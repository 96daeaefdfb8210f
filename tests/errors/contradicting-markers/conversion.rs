kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(renamed = "amount", dropped)]
    pub count: i32,
}
