use elsewhere::Thing;

#[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[kube(group = "shop.example.com", version = "v1", kind = "Order", namespaced)]
pub struct OrderSpec {
    pub thing: Option<Thing>,
    pub other: Other,
    pub third: Third,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Other {}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Third {}

impl JsonSchema for Third {}
