kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(exactly_one_of("name"))]
    pub name: Option<String>,
}
