kgen::version! { group = "shop.example.com", version = "v1" }

use lines::*;
use names::Name as CustomerName;

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    pub customer: CustomerName,
    pub line: Line,
    pub unit: self::lines::units::Unit,
    pub other: lines::Unit,
}

pub mod names {
    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Name(pub String);
}

pub mod lines {
    pub use units::Unit;

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Line {
        pub unit: super::lines::Unit,
    }

    pub mod units {
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        pub struct Unit {
            pub name: String,
        }
    }
}
