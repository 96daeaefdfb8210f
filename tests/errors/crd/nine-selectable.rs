kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster, selectable = ".spec.f0", selectable = ".spec.f1", selectable = ".spec.f2", selectable = ".spec.f3", selectable = ".spec.f4", selectable = ".spec.f5", selectable = ".spec.f6", selectable = ".spec.f7", selectable = ".spec.f8")]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
}

#[derive(kgen::Api)]
pub struct OrderSpec {
    pub f0: i32,
    pub f1: i32,
    pub f2: i32,
    pub f3: i32,
    pub f4: i32,
    pub f5: i32,
    pub f6: i32,
    pub f7: i32,
    pub f8: i32,
}
