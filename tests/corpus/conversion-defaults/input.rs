//! Fields that have a default in one version and may be absent in the other.

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
        #[kgen(default = 5)]
        pub priority: i64,
        #[kgen(default = "small")]
        pub size: String,
        #[kgen(default = json!({"limit": 3}))]
        pub retry: Box<Retry>,
        pub lines: Vec<Line>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Retry {
        pub limit: i64,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Line {
        pub unit: Option<String>,
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
        pub priority: Option<i32>,
        #[kgen(default = "small")]
        pub size: Option<String>,
        pub retry: Option<Retry>,
        pub lines: Vec<Line>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Retry {
        pub limit: i32,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Line {
        #[kgen(default = "kg")]
        pub unit: String,
    }
}
