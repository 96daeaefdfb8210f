kgen::version! { group = "shop.example.com", version = "v1" }

pub const COUNT: i32 = 1 + 1;

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(default = COUNT)]
    pub count: i32,
}
