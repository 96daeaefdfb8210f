kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Unit;

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Braces {}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub unit: Unit,
    pub braces: Option<Braces>,
}
