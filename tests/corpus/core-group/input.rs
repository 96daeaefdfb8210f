kgen::version! { group = "", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
