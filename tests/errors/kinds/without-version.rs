#[derive(kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}

pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1" }
}
