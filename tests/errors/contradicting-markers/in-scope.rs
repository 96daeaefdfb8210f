kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(on_update(required, forbidden))]
    pub names: Vec<String>,
}
