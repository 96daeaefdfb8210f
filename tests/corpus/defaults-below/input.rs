kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub line: Line,
    pub lines: Vec<Line>,
    #[kgen(optional)]
    pub by_name: std::collections::BTreeMap<String, Line>,
    pub boxed: Option<Box<Line>>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    #[kgen(default = "kg")]
    pub unit: Option<String>,
}
