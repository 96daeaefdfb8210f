kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(kind, cluster, scale(spec = ".spec.replicas", status = ".status.replicas", selecter = ".status.selector"))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
