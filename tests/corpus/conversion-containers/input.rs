//! Lists, arrays and maps are converted item by item.

pub mod v1 {
    use std::collections::{BTreeMap, HashMap};

    kgen::version! { group = "shop.example.com", version = "v1", storage }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, namespaced)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
        pub spec: OrderSpec,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct OrderSpec {
        pub lines: Vec<Line>,
        pub by_name: BTreeMap<String, Line>,
        pub by_sku: BTreeMap<Sku, Vec<Line>>,
        pub corners: [Line; 2],
        pub edges: Vec<i32>,
        pub names: Vec<String>,
        pub nested: Option<Vec<Option<Line>>>,
        pub hashed: HashMap<String, i64>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Line {
        pub sku: String,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, kgen::Api)]
    pub struct Sku(pub String);
}

pub mod v1beta1 {
    use std::collections::BTreeMap;

    kgen::version! { group = "shop.example.com", version = "v1beta1" }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, namespaced)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
        pub spec: OrderSpec,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct OrderSpec {
        pub lines: Vec<Line>,
        pub by_name: BTreeMap<String, Line>,
        pub by_sku: BTreeMap<String, Vec<Line>>,
        pub corners: [Line; 2],
        pub edges: [i32; 2],
        pub names: Vec<Name>,
        pub nested: Option<Vec<Option<Line>>>,
        pub hashed: BTreeMap<String, i32>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Line {
        pub sku: String,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Name(pub String);
}
