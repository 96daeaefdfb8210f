kgen::version! { group = "shop.example.com", version = "1" }

#[derive(kgen::Api)]
#[kgen(kind, short_nam = "ord")]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(minimum = "1", optional, required)]
    pub count: usize,
    #[kgen(default = Size::Smal)]
    pub size: Size,
    price: f64,
}

#[derive(kgen::Api)]
pub enum Size {
    Small,
    #[kgen(minimum = 1)]
    Large,
}
