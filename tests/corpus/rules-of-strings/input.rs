kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(min_length = 1, max_length = 63, pattern = "^[a-z]+$")]
    pub a: String,
    #[kgen(max_bytes = 100)]
    pub b: Option<String>,
    #[kgen(format = "k8s-short-name")]
    pub c: String,
    #[kgen(format = "date-time", optional)]
    pub d: String,
    #[kgen(enum_values = ["a", "b"], neq = "b")]
    pub e: String,
}
