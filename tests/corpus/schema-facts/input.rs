kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(title = "A", example = "x", external_docs(url = "https://example.com", description = "More."))]
    pub a: String,
    #[kgen(nullable)]
    pub b: Option<String>,
    #[kgen(schema(type = "string", format = "uri"))]
    pub c: serde_json::Value,
    #[kgen(schemaless, preserve_unknown_fields)]
    pub d: Option<serde_json::Value>,
    #[kgen(embedded_resource, preserve_unknown_fields)]
    pub e: Option<serde_json::Value>,
    #[kgen(int_or_string)]
    pub f: Option<serde_json::Value>,
    #[kgen(extension("x-shop-unit", "pieces"))]
    pub g: i32,
    #[kgen(patch_strategy = "merge", patch_merge_key = "name")]
    pub h: Vec<Line>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(description = "A line of an order.", preserve_unknown_fields)]
pub struct Line {
    pub name: String,
}
