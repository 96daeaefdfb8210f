//! One type of a version is the counterpart of two of the stored one.

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
        pub sender: Sender,
        pub receiver: Receiver,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Sender {
        pub name: String,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Receiver {
        pub name: String,
        #[kgen(added)]
        pub door: Option<i32>,
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
        pub sender: Person,
        pub receiver: Person,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Person {
        pub name: String,
    }
}
