kgen::version! { group = "shop.example.com", version = "v1" }

pub struct Order {
    pub counts: Vec<(i32, i32],
}
