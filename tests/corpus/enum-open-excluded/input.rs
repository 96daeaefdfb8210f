kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Size {
    Small,
    #[kgen(excluded)]
    Endless,
    #[kgen(excluded_if(disabled = "Tiny"))]
    Tiny,
    #[kgen(other)]
    Other(String),
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub size: Option<Size>,
}
