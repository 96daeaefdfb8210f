pub mod bank {
    kgen::version! { group = "bank.example.com", version = "v1", client_name = "finance" }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, cluster)]
    pub struct Account {
        pub metadata: kgen::k8s::ObjectMeta,
    }
}

pub mod shop {
    kgen::version! { group = "shop.example.com", version = "v1", schema_prefix = "com.example.v1.shop" }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(kind, cluster)]
    pub struct Account {
        pub metadata: kgen::k8s::ObjectMeta,
        pub bank: crate::bank::Account,
    }
}
