kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    pub page: Page,
}

#[derive(kgen::Api)]
pub struct Page<T> {
    pub items: Vec<T>,
}
