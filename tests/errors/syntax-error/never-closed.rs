kgen::version! { group = "shop.example.com", version = "v1" }

pub struct Order {
    pub count: i32,

pub struct Line {
    pub count: i32,
}
