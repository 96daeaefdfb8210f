kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub struct Order {
    #[kgen(kubebuilder::validation::MaxLength = 5)]
    pub count: i32,
}
