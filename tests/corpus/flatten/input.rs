kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
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
