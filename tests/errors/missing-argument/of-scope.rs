kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(subfield(minimum = 1))]
pub struct Order {
    pub count: i32,
}
