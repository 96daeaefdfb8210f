pub mod shared {
    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Address {
        pub street: String,
    }
}

pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1" }

    use crate::shared::Address;

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Order {
        pub to: Address,
    }
}
