kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(default = count)]
    pub count: i32,
}

pub fn count() -> i32 {
    1
}
