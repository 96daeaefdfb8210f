kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(default_with = complet)]
pub struct Order {
    pub count: i32,
}

pub fn complete(_: &mut Order) {}
