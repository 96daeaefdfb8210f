kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(min_items = 1, max_items = 3, each(max_length = 5))]
    pub names: Vec<String>,
    #[kgen(min_properties = 1, max_properties = 3, each_key(format = "k8s-label-key"), each(maximum = 5))]
    pub counts: std::collections::BTreeMap<String, i32>,
    #[kgen(each(min_items = 1, each(minimum = 1)))]
    pub table: Option<Vec<Vec<i32>>>,
}
