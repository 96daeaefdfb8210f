//! Members are converted, whatever they are called.

pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1", storage }

    #[derive(Clone, Debug, PartialEq, kgen::Api)]
    #[kgen(kind, namespaced)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
        pub spec: OrderSpec,
    }

    #[derive(Clone, Debug, PartialEq, kgen::Api)]
    pub struct OrderSpec {
        pub payment: Payment,
    }

    #[derive(Clone, Debug, PartialEq, kgen::Api)]
    #[kgen(discriminator = "type")]
    pub enum Payment {
        Card(Card),
        Invoice(String),
        Cash,
        #[kgen(added)]
        Coupon(String),
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Card {
        pub number: String,
    }
}

pub mod v1beta1 {
    kgen::version! { group = "shop.example.com", version = "v1beta1" }

    #[derive(Clone, Debug, PartialEq, kgen::Api)]
    #[kgen(kind, namespaced)]
    pub struct Order {
        pub metadata: kgen::k8s::ObjectMeta,
        pub spec: OrderSpec,
    }

    #[derive(Clone, Debug, PartialEq, kgen::Api)]
    pub struct OrderSpec {
        pub payment: Payment,
    }

    #[derive(Clone, Debug, PartialEq, kgen::Api)]
    #[kgen(discriminator = "type")]
    pub enum Payment {
        #[kgen(renamed = "Card")]
        CreditCard(Box<Card>),
        Invoice(String),
        Cash,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Card {
        pub number: String,
    }
}
