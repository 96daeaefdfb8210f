kgen::version! { group = "shop.example.com", version = "v1" }

pub type A = B;
pub type B = Vec<A>;

#[derive(kgen::Api)]
pub struct Order {
    pub names: A,
}
