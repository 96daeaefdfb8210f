kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(kind, cluster, client(only = ["get", 1]))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
