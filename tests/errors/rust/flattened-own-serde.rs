kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(flatten)]
    pub line: Line,
}

#[derive(kgen::Api, serde::Serialize, serde::Deserialize)]
pub struct Line {
    pub name: String,
}
