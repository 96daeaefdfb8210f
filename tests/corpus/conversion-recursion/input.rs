//! Types that hold their like are pairs once.

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
        pub parts: Vec<Part>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Part {
        pub name: String,
        #[kgen(preserve_unknown_fields)]
        pub next: Option<Box<Part>>,
        #[kgen(optional, list = atomic, each(preserve_unknown_fields))]
        pub parts: Vec<Part>,
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
        pub parts: Vec<Part>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Part {
        #[kgen(renamed = "name")]
        pub id: String,
        #[kgen(preserve_unknown_fields)]
        pub next: Option<Box<Part>>,
        #[kgen(optional, list = atomic, each(preserve_unknown_fields))]
        pub parts: Vec<Part>,
    }
}
