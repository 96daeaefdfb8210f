kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(kind, cluster, column("Name", path = ".metadata.name", priority = "1"))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
