pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1", storage, generate(openapi = false) }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, cluster)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
    }
}

pub mod v2 {
    kgen::version! { group = "shop.example.com", version = "v2", generate(openapi = false) }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, cluster, skip_version)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
    }
}
