kgen::version! { group = "shop.example.com", version = "v1" }

pub const DEFAULT_COUNT: i32 = 1;

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(default = DEFAULT_COUT)]
    pub count: i32,
}
