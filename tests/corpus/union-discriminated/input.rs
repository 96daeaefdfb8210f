kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(discriminator = "type")]
pub enum Source {
    Git(Git),
    Local,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Git {
    pub repository: String,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub source: Option<Source>,
}
