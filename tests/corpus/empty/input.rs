kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Unit;

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Braces {}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    pub unit: Unit,
    pub braces: Option<Braces>,
}
