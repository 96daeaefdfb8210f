kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, status)]
#[kgen(scale(spec = ".spec.replicas", status = ".status.replicas", selector = ".status.selector"))]
pub struct Shop {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: ShopSpec,
    pub status: Option<ShopStatus>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct ShopSpec {
    pub replicas: i32,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct ShopStatus {
    pub replicas: i32,
    pub selector: Option<String>,
}
