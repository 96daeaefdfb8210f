use kgen::k8s::ObjectMeta;

kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, verbs("get", "lst"))]
pub struct Order {
    pub metadata: ObjectMeta,
}
