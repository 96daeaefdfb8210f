kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(validate_with = rules::count)]
    pub count: i32,
    #[kgen(each(validate_with = rules::count))]
    pub counts: Vec<i32>,
}

/// What cannot be declared.
pub mod rules {
    pub fn count(_: &i32) {}
}
