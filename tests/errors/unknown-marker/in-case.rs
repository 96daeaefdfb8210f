kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(any_of(case(format = "ipv4"), case(fromat = "ipv6")))]
    pub name: String,
}
