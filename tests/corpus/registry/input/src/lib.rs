pub mod generated;
#[cfg(feature = "server")]
pub mod strategies;

kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, strategy = strategies::Orders)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(optional)]
    pub customer: String,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Shop {
    pub metadata: kgen::k8s::ObjectMeta,
}
