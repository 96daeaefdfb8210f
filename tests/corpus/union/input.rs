kgen::version! { group = "shop.example.com", version = "v1" }

/// Where it comes from.
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Source {
    /// From git.
    Git(Git),
    #[kgen(name = "url")]
    Http(String),
    ConfigMap(Box<Git>),
    Nowhere,
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
