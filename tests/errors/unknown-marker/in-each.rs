kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(each(max_lenght = 63))]
    pub names: Vec<String>,
}
