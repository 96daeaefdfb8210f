kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub enum Size {
    #[kgen(minimum = 1)]
    Small,
}
