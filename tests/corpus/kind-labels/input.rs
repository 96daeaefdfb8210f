kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
#[kgen(label("app", "shop"), annotation("api-approved.kubernetes.io", "https://example.com/1"))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
