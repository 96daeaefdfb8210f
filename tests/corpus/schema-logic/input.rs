kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
#[kgen(one_of(case(fields_required("user")), case(fields_required("address"), subfield("address", min_length = 1))))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    #[kgen(any_of(case(format = "ipv4"), case(format = "ipv6")))]
    pub address: Option<String>,
    #[kgen(not(enum_values = ["root"]))]
    pub user: Option<String>,
    #[kgen(all_of(case(pattern = "^a"), case(pattern = "z$")))]
    pub name: String,
}
