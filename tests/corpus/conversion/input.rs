//! Equal fields are moved by name, whatever their order.

pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1", storage }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, namespaced)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
        pub spec: OrderSpec,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct OrderSpec {
        pub customer: String,
        pub address: Address,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Address {
        pub city: String,
        pub street: Option<String>,
    }
}

pub mod v1beta1 {
    kgen::version! { group = "shop.example.com", version = "v1beta1" }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, namespaced)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
        pub spec: OrderSpec,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct OrderSpec {
        pub address: Address,
        pub customer: String,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Address {
        pub city: String,
        pub street: Option<String>,
    }
}
