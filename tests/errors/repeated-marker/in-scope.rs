kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(each(max_length = 1, max_length = 2))]
    pub names: Vec<String>,
}
