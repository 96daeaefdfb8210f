kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    pub line: Line<String>,
}

#[derive(kgen::Api)]
pub struct Line {
    pub count: i32,
}
