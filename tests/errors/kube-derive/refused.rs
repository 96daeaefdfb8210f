#[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[kube(group = "shop.example.com", version = "v1", kind = "Order", namespaced)]
pub struct OrderSpec {
    pub pair: (i32, String),
    pub by_number: std::collections::BTreeMap<i32, String>,
    pub tree: Tree,
    pub tagged: Tagged,
    pub mixed: Mixed,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Tree {
    pub children: Vec<Tree>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
pub enum Tagged {
    A { a: i32 },
    B { b: i32 },
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub enum Mixed {
    Unit,
    Struct { b: i32 },
}
