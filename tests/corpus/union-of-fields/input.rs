kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(union_discriminator)]
    pub source: Source,
    #[kgen(union_member(name = "Git"))]
    pub git: Option<String>,
    #[kgen(union_member(name = "Url"))]
    pub http: Option<String>,
    #[kgen(zero_or_one_of_member(union = "size"))]
    pub small: Option<bool>,
    #[kgen(zero_or_one_of_member(union = "size"))]
    pub large: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub enum Source {
    #[default]
    Git,
    Url,
}
