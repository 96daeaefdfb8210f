#[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[kube(group = "shop.example.com", version = "v1", kind = "Order", namespaced)]
pub struct OrderSpec {
    #[serde(default = "now")]
    pub since: String,
    #[serde(default)]
    pub part: Part,
    #[serde(default, skip_serializing_if = "is_dull")]
    pub dull: i32,
}

fn now() -> String {
    let now = clock();
    now.to_string()
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    pub a: i32,
}

impl Default for Part {
    fn default() -> Self {
        compute(3)
    }
}
