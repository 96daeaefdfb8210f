kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster, default_with = complete)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(default = 1)]
    pub count: Option<i32>,
    pub line: Option<Line>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(default_with = defaults::line)]
pub struct Line {
    pub unit: Option<String>,
}

/// Completes an order.
pub fn complete(order: &mut Order) {
    order.line.get_or_insert_default();
}

pub mod defaults {
    /// Completes a line.
    pub fn line(line: &mut super::Line) {
        line.unit.get_or_insert_with(|| "kg".to_owned());
    }
}
