#[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[kube(group = "shop.example.com", version = "v1", kind = "Order", namespaced)]
pub struct OrderSpec {
    #[schemars(schema_with = "my_schema")]
    pub a: i32,
    #[schemars(transform = remove)]
    pub b: String,
    #[schemars(with = "elsewhere::Type")]
    pub c: String,
    #[schemars(regex(pattern = *PATTERN))]
    pub d: String,
}
