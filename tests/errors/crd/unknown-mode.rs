kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
}

#[derive(kgen::Api)]
pub struct OrderSpec {
    #[kgen(mode_discriminator)]
    pub mode: Mode,
    #[kgen(if_mode("Manul", required))]
    pub count: Option<i32>,
}

#[derive(Clone, kgen::Api)]
pub enum Mode {
    Auto,
    Manual,
}
