kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub required: String,
    pub option: Option<String>,
    #[kgen(optional)]
    pub optional: String,
    #[kgen(optional)]
    pub optional_flag: bool,
    #[kgen(default = "x")]
    pub defaulted: String,
    #[kgen(default = "x")]
    pub defaulted_option: Option<String>,
    #[kgen(required)]
    pub required_option: Option<String>,
}
