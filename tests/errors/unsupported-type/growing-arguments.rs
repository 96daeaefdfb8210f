kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    pub page: Page<i32>,
}

#[derive(kgen::Api)]
pub struct Page<T> {
    pub next: Vec<Page<Vec<T>>>,
}
