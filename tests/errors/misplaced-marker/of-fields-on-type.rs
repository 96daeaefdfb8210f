kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(flatten)]
pub struct Order {
    pub count: i32,
}
