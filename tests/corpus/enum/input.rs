kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

/// How large it is.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(name = "OrderSize")]
pub enum Size {
    /// Up to ten.
    #[kgen(name = "small")]
    Small,
    /// More than that.
    #[deprecated(note = "say small")]
    Large,
    #[kgen(excluded)]
    Endless,
    #[kgen(excluded_if(disabled = "Tiny"), description = "Next to nothing.")]
    Tiny,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub size: Option<Size>,
}
