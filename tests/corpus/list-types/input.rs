kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(list = atomic)]
    pub words: Vec<String>,
    #[kgen(list = set)]
    pub names: Vec<String>,
    #[kgen(list = map(key = "unit", key = "count"))]
    pub lines: Vec<Line>,
    #[kgen(list = atomic, unique = map(key = "count"), max_items = 16)]
    pub unique: Vec<Line>,
    #[kgen(list = set, custom_unique)]
    pub custom: Vec<String>,
    #[kgen(map = atomic)]
    pub line: Option<Line>,
    #[kgen(map = atomic)]
    pub labels: std::collections::BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    pub unit: String,
    pub count: i32,
    pub note: Option<String>,
}
