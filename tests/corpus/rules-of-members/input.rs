kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(subfield("unit", required, max_length = 3))]
    pub line: Line,
    #[kgen(list = map(key = "name"), max_items = 8, item(name = "first", immutable, subfield("unit", forbidden)))]
    pub lines: Vec<Line>,
    #[kgen(opaque)]
    pub unchecked: Option<Line>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    pub name: String,
    #[kgen(min_length = 1)]
    pub unit: Option<String>,
}
