kgen::version! { group = "shop.example.com", version = "v1beta1", lifecycle(introduced = "1.3"), generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster, deprecated = "use v1")]
#[kgen(lifecycle(introduced = "1.3", deprecated = "1.6", removed = "1.9", replacement = "shop.example.com/v1/Order"))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Shop {
    pub metadata: kgen::k8s::ObjectMeta,
}
