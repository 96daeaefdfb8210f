kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    #[kgen(union_discriminator)]
    pub kind: Source,
    #[kgen(union_member)]
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
