kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(if_enabled("Names", each(each(patern = "^a"))))]
    pub names: Vec<Vec<String>>,
}
