kgen::version! { group = "shop.example.com", version = "v1" }

/// No kind holds it, so that it is in no definition.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Settings {
    #[kgen(min_length = 1)]
    pub count: i32,
    #[kgen(list = map(key = "nme"))]
    pub lines: Vec<Line>,
    #[kgen(subfield("size", minimum = 1))]
    pub line: Line,
    #[kgen(union_discriminator)]
    pub mode: String,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Line {
    pub name: String,
}
