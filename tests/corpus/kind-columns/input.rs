kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
#[kgen(column("Customer", path = ".spec.customer", description = "Who ordered."))]
#[kgen(column("Count", path = ".spec.count"))]
#[kgen(column("Paid", path = ".spec.paid", priority = 1))]
#[kgen(column("Since", path = ".spec.since"))]
#[kgen(column("Id", path = ".spec.id", type = "integer", format = "int64"))]
#[kgen(column("Age", path = ".metadata.creationTimestamp"))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct OrderSpec {
    pub customer: Option<Name>,
    pub count: i32,
    pub paid: bool,
    pub since: Option<kgen::k8s::Time>,
    pub id: i64,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Name(pub String);
