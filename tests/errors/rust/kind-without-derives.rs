kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
