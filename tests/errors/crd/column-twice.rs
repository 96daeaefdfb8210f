kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster, column("Name", path = ".metadata.name"), column("Name", path = ".metadata.uid"))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
