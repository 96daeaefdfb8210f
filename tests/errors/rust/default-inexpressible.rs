kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(default = json!({}))]
    pub line: Line,
}

#[derive(kgen::Api)]
pub struct Line {
    pub size: Size,
}

#[derive(Clone, kgen::Api)]
pub enum Size {
    Small,
}
