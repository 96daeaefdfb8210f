kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Size {
    Small,
    Large,
    #[kgen(other)]
    Other(String),
}
