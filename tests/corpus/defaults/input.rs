kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

pub const NAME: &str = "shop";

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(default = true)]
    pub flag: bool,
    #[kgen(default = -3)]
    pub count: i32,
    #[kgen(default = NAME)]
    pub name: String,
    #[kgen(default = Size::Small)]
    pub size: Size,
    #[kgen(default = ["a", NAME])]
    pub names: Vec<String>,
    #[kgen(default = json!({ "app": "shop" }))]
    pub labels: std::collections::BTreeMap<String, String>,
    #[kgen(default = json!({ "unit": "kg" }))]
    pub line: Line,
    #[kgen(default = 8080)]
    pub port: Option<kgen::k8s::IntOrString>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    pub unit: String,
    #[kgen(default = 1)]
    pub count: Option<i32>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub enum Size {
    #[default]
    Small,
    Large,
}
