kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
}

#[derive(kgen::Api)]
#[kgen(cel("self.count > 1", field_path = ".cuont"))]
pub struct OrderSpec {
    pub count: i32,
}
