use kgen::k8s::ObjectMeta;

kgen::version! { group = "shop.example.com", version = "v1" }

/// A receipt is made once.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, verbs("list", "create", "get"))]
pub struct Receipt {
    pub metadata: ObjectMeta,
    /// What was paid, in cents.
    pub sum: i64,
}
