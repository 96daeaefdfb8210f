kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub names: Page<String>,
    pub lines: Page<Line>,
    pub pages: Page<Page<Line>>,
    pub others: Page<Page<String>>,
    pub alias: LinePage,
}

/// Some of many.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    pub next: Option<Box<T>>,
}

pub type LinePage = Page<Line>;

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    #[kgen(minimum = 1)]
    pub count: i32,
}
