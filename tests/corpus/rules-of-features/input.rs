kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(if_enabled("Drafts", required), if_disabled("Drafts", forbidden))]
    pub draft: Option<bool>,
    #[kgen(alpha(since = "1.3", max_length = 63), beta(since = "1.4", min_length = 1))]
    pub name: String,
    #[kgen(feature_gate = "Notes")]
    pub note: Option<String>,
}
