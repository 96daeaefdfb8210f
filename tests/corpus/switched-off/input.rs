kgen::version! { group = "shop.example.com", version = "v1", generate(deepcopy = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(generate(deepcopy = true, types = false))]
pub struct Order {
    pub count: i32,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    pub count: i32,
}
