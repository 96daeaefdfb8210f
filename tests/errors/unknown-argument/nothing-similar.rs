kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(union_member(xyzzy = "a"))]
    pub name: Option<String>,
}
