kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(optional)]
    pub since: kgen::k8s::Time,
}
