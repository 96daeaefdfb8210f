kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    #[kgen(subfield("labels", min_properties = 1))]
    pub metadata: kgen::k8s::ObjectMeta,
}
