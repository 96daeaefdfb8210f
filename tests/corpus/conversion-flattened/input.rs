//! What is flattened in one version stands in the parent, or in another struct, in the other.

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
        pub city: String,
        #[kgen(flatten)]
        pub terms: Terms,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Terms {
        pub due: Option<i32>,
        pub discount: Option<i32>,
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
        pub customer: String,
        #[kgen(flatten)]
        pub address: Address,
        pub due: Option<i32>,
        pub discount: Option<i32>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Address {
        pub city: String,
    }
}
