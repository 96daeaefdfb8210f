//! Options, boxes, newtypes, names and widths differ.

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
        pub absent: Option<String>,
        #[kgen(optional)]
        pub empty: String,
        pub boxed: Box<Line>,
        pub maybe_boxed: Option<Box<Line>>,
        pub sku: Sku,
        pub text: String,
        pub size: Size,
        pub wide: i64,
        pub count: u32,
        #[kgen(allow_float)]
        pub weight: f64,
        pub note: Note,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Line {
        pub sku: String,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, kgen::Api)]
    pub struct Sku(pub String);

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Note(pub i64);

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub enum Size {
        #[default]
        Small,
        #[kgen(other)]
        Other(String),
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
        #[kgen(optional)]
        pub absent: String,
        pub empty: Option<String>,
        pub boxed: Line,
        pub maybe_boxed: Option<Line>,
        pub sku: String,
        pub text: Sku,
        pub size: String,
        pub wide: i32,
        pub count: u8,
        #[kgen(allow_float)]
        pub weight: f32,
        pub note: Note,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Line {
        pub sku: String,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, kgen::Api)]
    pub struct Sku(pub String);

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct Note(pub i32);
}
