//! Orders of a shop.

kgen::version! { group = "shop.example.com", version = "v1" }

/// An order of one customer.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, status)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    /// What is wanted.
    pub spec: OrderSpec,
    /// What is there.
    pub status: Option<OrderStatus>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct OrderSpec {
    /// Who ordered.
    pub customer: String,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct OrderStatus {
    /// Whether it was sent.
    #[kgen(optional)]
    pub sent: bool,
}
