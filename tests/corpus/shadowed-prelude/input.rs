kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    pub result: Result,
    pub text: self::Text,
    pub value: Vec,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Result {
    pub ok: bool,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Text(pub std::string::String);

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Vec {
    pub items: std::vec::Vec<i32>,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct String {
    pub some: bool,
}
