kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(mode_discriminator)]
    pub mode: Mode,
    #[kgen(if_mode("Manual", required, minimum = 1))]
    pub count: Option<i32>,
    #[kgen(if_mode("Manual"), if_mode("Auto", max_length = 3))]
    pub note: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub enum Mode {
    #[default]
    Auto,
    Manual,
}
