pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1", storage }

    #[derive(Clone, Debug, kgen::Api)]
    #[kgen(kind, cluster)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
        pub spec: OrderSpec,
    }

    #[derive(Clone, Debug, kgen::Api)]
    pub struct OrderSpec {
        pub size: Size,
    }

    #[derive(Clone, kgen::Api)]
    pub enum Size {
        Small,
    }
}

pub mod v1beta1 {
    kgen::version! { group = "shop.example.com", version = "v1beta1" }

    #[derive(Clone, Debug, kgen::Api)]
    #[kgen(kind, cluster)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
        pub spec: OrderSpec,
    }

    #[derive(Clone, Debug, kgen::Api)]
    pub struct OrderSpec {
        pub size: Size,
    }

    #[derive(Clone, kgen::Api)]
    pub enum Size {
        Small(String),
    }
}
