kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub union Count {
    pub small: i32,
    pub large: i64,
}
