kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(discriminator = "type")]
pub struct Order {
    pub count: i32,
}
