kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api, serde::Serialize, serde::Deserialize)]
pub struct Order {
    #[kgen(optional)]
    pub count: i32,
}
