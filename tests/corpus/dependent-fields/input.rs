kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(dependent_required("secret"))]
    pub user: Option<String>,
    #[kgen(dependent_forbidden("inline"))]
    pub secret: Option<String>,
    pub inline: Option<String>,
}
