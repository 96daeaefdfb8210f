kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster, short_name = "Ord")]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
