kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub name: Name,
    pub names: Option<Names>,
    pub line: Wrapped,
}

/// A name.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(min_length = 1, max_length = 63)]
pub struct Name(pub String);

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(list = set)]
pub struct Names(pub Vec<Name>);

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Wrapped(pub Line);

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    #[kgen(default = 1)]
    pub count: Option<i32>,
}
