kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(each(default = "a"))]
    pub names: Vec<String>,
}
