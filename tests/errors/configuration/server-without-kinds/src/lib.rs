kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    pub lines: Vec<String>,
}
