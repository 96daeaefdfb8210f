kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(default = Size::Smal)]
    pub size: Size,
}

#[derive(kgen::Api)]
pub enum Size {
    Small,
    Large,
}
