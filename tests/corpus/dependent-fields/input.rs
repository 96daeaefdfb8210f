kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    #[kgen(dependent_required("secret"))]
    pub user: Option<String>,
    #[kgen(dependent_forbidden("inline"))]
    pub secret: Option<String>,
    pub inline: Option<String>,
}
