kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(immutable)]
    pub line: Line,
}

#[derive(Clone, Debug, Default, kgen::Api)]
pub struct Line {
    pub name: String,
}
