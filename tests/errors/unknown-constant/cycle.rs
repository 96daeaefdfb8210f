kgen::version! { group = "shop.example.com", version = "v1" }

pub const A: i32 = B;
pub const B: i32 = A;

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(default = A)]
    pub count: i32,
}
