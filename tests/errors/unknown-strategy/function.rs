kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster, strategy = orders)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}

pub fn orders() {}
