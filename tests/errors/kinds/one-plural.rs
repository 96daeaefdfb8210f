kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}

#[derive(kgen::Api)]
#[kgen(kind, cluster, plural = "orders")]
pub struct Ordering {
    pub metadata: kgen::k8s::ObjectMeta,
}
