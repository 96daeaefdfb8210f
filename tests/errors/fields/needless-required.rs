kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(required)]
    pub line: Line,
}

#[derive(kgen::Api)]
pub struct Line {}
