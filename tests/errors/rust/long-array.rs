kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    pub counts: [i32; 100],
}
