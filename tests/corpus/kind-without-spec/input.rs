kgen::version! { group = "shop.example.com", version = "v1" }

/// Settings, as a kind without a spec.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced)]
pub struct Settings {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(optional)]
    pub data: std::collections::BTreeMap<String, String>,
    #[kgen(immutable)]
    pub sealed: Option<bool>,
}
