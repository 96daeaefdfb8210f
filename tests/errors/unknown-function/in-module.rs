kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(convert_with = crate::convert::order)]
pub struct Order {
    pub count: i32,
}

pub mod convert {}
