kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(generate(deepcpy = false))]
pub struct Order {
    pub count: i32,
}
