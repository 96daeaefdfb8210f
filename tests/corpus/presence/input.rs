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
    #[kgen(required)]
    pub filled: String,
    #[kgen(required, max_items = 3)]
    pub filled_list: Vec<String>,
    #[kgen(required)]
    pub filled_number: i32,
    #[kgen(required)]
    pub filled_flag: bool,
    #[kgen(required, default = "x")]
    pub written: String,
}
