//! Types with parameters are pairs for each of their arguments.

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
        pub size: crate::Range<i64>,
        pub lines: Page<Line>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Page<T> {
        pub items: Vec<T>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Line {
        pub sku: String,
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
        pub size: crate::Range<i32>,
        pub lines: Page<Line>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Page<T> {
        pub items: Vec<T>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Line {
        pub sku: String,
    }
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Range<T> {
    pub from: Option<T>,
    pub to: Option<T>,
}
