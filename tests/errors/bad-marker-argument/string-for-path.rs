kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(default_with = "crate::order")]
pub struct Order {
    pub count: i32,
}
