kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
}

#[derive(kgen::Api)]
#[kgen(exactly_one_of("git", "http"))]
pub struct OrderSpec {
    pub git: Option<String>,
    pub http: String,
}
