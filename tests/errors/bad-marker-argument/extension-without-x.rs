kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(extension("kubernetes-unit", "pieces"))]
    pub count: i32,
}
