kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub names: Vec<String>,
    #[kgen(optional)]
    pub lines: Vec<Line>,
    pub table: Option<Vec<Vec<i32>>>,
    pub gaps: Vec<Option<i32>>,
    pub pair: [i32; 2],
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    pub unit: String,
}
