kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub by_name: std::collections::BTreeMap<String, i32>,
    #[kgen(optional)]
    pub by_size: std::collections::BTreeMap<Size, Line>,
    pub by_key: std::collections::HashMap<Key, Vec<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    pub count: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, kgen::Api)]
pub enum Size {
    Small,
    Large,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, kgen::Api)]
pub struct Key(pub String);
