kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
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
