//! Values have other names, or exist in one version only.

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
        pub phase: Phase,
        pub size: Size,
        pub colour: Colour,
    }

    #[derive(Clone, Copy, Debug, Default, PartialEq, kgen::Api)]
    pub enum Phase {
        #[default]
        Pending,
        Done,
        #[kgen(added)]
        Lost,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub enum Size {
        #[default]
        Small,
        Large,
        #[kgen(other)]
        Other(String),
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub enum Colour {
        #[default]
        Red,
        #[kgen(added)]
        Blue,
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
        pub phase: Phase,
        pub size: Size,
        pub colour: Colour,
    }

    #[derive(Clone, Copy, Debug, Default, PartialEq, kgen::Api)]
    pub enum Phase {
        #[default]
        #[kgen(renamed = "Pending")]
        Waiting,
        Done,
        #[kgen(dropped)]
        Unknown,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub enum Size {
        #[default]
        Small,
        Large,
        Huge,
    }

    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub enum Colour {
        #[default]
        Red,
        #[kgen(other)]
        Other(String),
    }
}
