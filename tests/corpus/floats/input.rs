kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    #[kgen(allow_float)]
    pub a: f32,
    #[kgen(allow_float)]
    pub b: Option<f64>,
}
