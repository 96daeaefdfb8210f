kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    pub line: OrderLin,
}

#[derive(kgen::Api)]
pub struct OrderLine {
    pub count: i32,
}
