//! Values that are texts in documents were strings once.

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
        pub volume: kgen::k8s::Quantity,
        pub wait: kgen::k8s::Duration,
        pub due: Option<kgen::k8s::Time>,
        pub steps: Vec<kgen::k8s::MicroTime>,
        pub colour: Colour,
        pub weights: Vec<String>,
    }

    #[derive(Clone, Copy, Debug, Default, PartialEq, kgen::Api)]
    pub enum Colour {
        #[default]
        Red,
        Blue,
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
        pub volume: String,
        pub wait: String,
        pub due: Option<String>,
        pub steps: Vec<String>,
        pub colour: String,
        pub weights: Vec<kgen::k8s::Quantity>,
    }
}
