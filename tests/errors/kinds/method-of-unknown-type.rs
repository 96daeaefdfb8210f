kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
#[kgen(kind, cluster, method("Approve", verb = "update", subresource = "approval", input = Approval))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
