kgen::version! { group = "shop.example.com", version = "v1" }

/// Counts from one.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub struct Order {
    pub count: i32,
}

impl Default for Order {
    fn default() -> Self {
        Self { count: 1 }
    }
}

impl kgen::DeepCopy for Order {
    fn deep_copy(&self) -> Self {
        self.clone()
    }
}

impl kgen::k8s::DeepMerge for Order {
    fn merge_from(&mut self, other: Self) {
        self.count += other.count;
    }
}
