kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, selectable = ".spec.customer", selectable = ".spec.count")]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct OrderSpec {
    pub customer: String,
    pub count: i32,
}
