kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Policy {
    pub metadata: kgen::k8s::ObjectMeta,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Gateway {
    pub metadata: kgen::k8s::ObjectMeta,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Ingress {
    pub metadata: kgen::k8s::ObjectMeta,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Box {
    pub metadata: kgen::k8s::ObjectMeta,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Endpoints {
    pub metadata: kgen::k8s::ObjectMeta,
}
