pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1" }

    #[derive(kgen::Api)]
    #[kgen(kind, cluster, storage)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
    }
}

pub mod v2 {
    kgen::version! { group = "shop.example.com", version = "v2" }

    #[derive(kgen::Api)]
    #[kgen(kind, cluster, storage)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
    }
}
