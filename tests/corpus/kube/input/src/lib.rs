pub mod generated;

kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, status)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
    pub status: Option<OrderSpec>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct OrderSpec {
    pub count: i32,
}
