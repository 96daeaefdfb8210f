//! Fields stand in other structs of the stored version.

pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1", storage }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, namespaced)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
        pub spec: OrderSpec,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct OrderSpec {
        #[kgen(added, optional)]
        pub billing: Billing,
        #[kgen(added)]
        pub shipping: Option<Shipping>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Billing {
        #[kgen(optional)]
        pub account: String,
        pub due: Option<i32>,
        pub address: Option<Address>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Address {
        pub street: String,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Shipping {
        #[kgen(optional)]
        pub street: String,
        pub days: Option<i64>,
    }
}

pub mod v1beta1 {
    kgen::version! { group = "shop.example.com", version = "v1beta1" }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, namespaced)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
        pub spec: OrderSpec,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct OrderSpec {
        #[kgen(moved = ".spec.billing.account")]
        pub account: String,
        #[kgen(dropped, optional)]
        pub terms: Terms,
        #[kgen(moved = ".spec.shipping.street", optional)]
        pub street: String,
        #[kgen(moved = ".spec.shipping.days")]
        pub days: Option<i32>,
        #[kgen(moved = ".spec.billing.address")]
        pub address: Option<Address>,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Address {
        #[kgen(renamed = "street")]
        pub line: String,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Terms {
        #[kgen(moved = ".spec.billing.due")]
        pub due: Option<i32>,
    }
}
