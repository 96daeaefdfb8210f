kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster, scale(spec = ".spec.name", status = ".status.replicas"))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: Replicas,
    pub status: Replicas,
}

#[derive(kgen::Api)]
pub struct Replicas {
    pub replicas: i32,
    pub name: String,
}
