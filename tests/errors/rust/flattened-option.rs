kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(flatten)]
    pub line: Option<Line>,
}

#[derive(kgen::Api)]
pub struct Line {
    pub name: String,
}
