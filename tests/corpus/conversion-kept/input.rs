//! Values without a place travel in annotations.

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
        #[kgen(added(keep), default = 5)]
        pub priority: i32,
        pub wrapping: Option<Wrapping>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Wrapping {
        #[kgen(optional)]
        pub paper: String,
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
        #[kgen(dropped(keep))]
        pub colour: Option<String>,
        pub wrapping: Option<Wrapping>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Wrapping {
        #[kgen(dropped(keep), optional)]
        pub ribbon: bool,
        #[kgen(optional)]
        pub paper: String,
    }
}
