//! Functions split a field, merge two, and turn a value round.

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
        #[kgen(optional)]
        pub first_name: String,
        #[kgen(optional)]
        pub last_name: String,
        #[kgen(optional)]
        pub open: bool,
        pub amount: i32,
        #[kgen(optional)]
        pub address: Address,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Address {
        #[kgen(optional)]
        pub line: String,
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
    #[kgen(convert_with = crate::convert::customer, converts(fields = ["customer"], storage = ["first_name", "last_name"]))]
    pub struct OrderSpec {
        pub customer: String,
        #[kgen(renamed = "open", convert_with = crate::convert::negated)]
        pub closed: bool,
        pub amount: i32,
        #[kgen(optional)]
        pub address: Address,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    #[kgen(convert_with = Address::convert)]
    pub struct Address(pub String);

    impl Address {
        pub fn convert(pair: kgen::conversion::Pair<'_, Self, crate::v1::Address>) -> Result<(), kgen::conversion::ConversionError> {
            match pair {
                kgen::conversion::Pair::ToHub { from, to } => to.line = std::mem::take(&mut from.0),
                kgen::conversion::Pair::FromHub { from, to } => to.0 = std::mem::take(&mut from.line),
            }
            Ok(())
        }
    }
}

pub mod convert {
    use kgen::conversion::{ConversionError, Pair};

    pub fn negated(pair: Pair<'_, bool, bool>) -> Result<(), ConversionError> {
        match pair {
            Pair::ToHub { from, to } | Pair::FromHub { from, to } => *to = !*from,
        }
        Ok(())
    }

    pub fn customer(pair: Pair<'_, crate::v1beta1::OrderSpec, crate::v1::OrderSpec>) -> Result<(), ConversionError> {
        match pair {
            Pair::ToHub { from, to } => {
                let (first, last) = from.customer.split_once(' ').unwrap_or(("", &from.customer));
                (to.first_name, to.last_name) = (first.to_owned(), last.to_owned());
            }
            Pair::FromHub { from, to } => to.customer = format!("{} {}", from.first_name, from.last_name),
        }
        Ok(())
    }
}
