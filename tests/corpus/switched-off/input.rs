kgen::version! { group = "shop.example.com", version = "v1", generate(validation = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(generate(deepcopy = false, validation = true))]
pub struct Order {
    #[kgen(minimum = 1)]
    pub count: i32,
}

impl kgen::DeepCopy for Order {
    fn deep_copy(&self) -> Self {
        self.clone()
    }
}
