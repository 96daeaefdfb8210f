kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster, strategy = Orders)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}

pub struct Orders {
    pub limit: i32,
}
