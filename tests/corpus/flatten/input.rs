kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub name: String,
    #[kgen(flatten)]
    pub common: Common,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Common {
    pub count: i32,
    #[kgen(flatten)]
    pub more: More,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct More {
    #[kgen(default = "kg")]
    pub unit: Option<String>,
}
