pub struct Orders;

pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1", storage }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, cluster)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
    }
}

pub mod v1beta1 {
    kgen::version! { group = "shop.example.com", version = "v1beta1" }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, cluster, strategy = super::Orders)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
    }
}
