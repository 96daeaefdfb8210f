kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(immutable)]
    pub a: String,
    #[kgen(update(no_unset, no_modify))]
    pub b: Option<String>,
    #[kgen(update(no_add_item, no_remove_item), max_items = 8)]
    pub c: Vec<String>,
    #[kgen(on_update(minimum = 5))]
    pub d: i32,
    #[kgen(immutable)]
    pub e: Option<Line>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(immutable)]
pub struct Line {
    pub count: i32,
}
