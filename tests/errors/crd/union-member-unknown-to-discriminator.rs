kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
}

#[derive(kgen::Api)]
pub struct OrderSpec {
    #[kgen(union_discriminator)]
    pub kind: Kind,
    #[kgen(union_member(name = "Git"))]
    pub git: Option<String>,
    #[kgen(union_member)]
    pub http: Option<String>,
}

#[derive(Clone, kgen::Api)]
pub enum Kind {
    Git,
    Url,
}
