kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camel")]
pub struct Order {
    pub unit_count: i32,
}
