kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
#[kgen(exactly_one_of("git", "http"), at_most_one_of("http", "note"), at_least_one_of("git", "note"))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub git: Option<String>,
    pub http: Option<String>,
    pub note: Option<String>,
}
