kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen = "kind"]
pub struct Order {
    pub count: i32,
}
