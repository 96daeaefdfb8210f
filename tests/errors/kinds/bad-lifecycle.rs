kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(kind, cluster, lifecycle(introduced = "v1.3"))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
