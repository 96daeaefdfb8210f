kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
}

#[derive(kgen::Api)]
pub struct OrderSpec {
    #[kgen(list = set, item(name = "a", immutable))]
    pub names: Vec<String>,
}
