kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    #[kgen(validate_with = rules::count)]
    pub count: i32,
    #[kgen(each(validate_with = rules::count))]
    pub counts: Vec<i32>,
}

/// What cannot be declared.
pub mod rules {
    pub fn count(_: &i32) {}
}
