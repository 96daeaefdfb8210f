kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct Order {
    pub r#move: i32,
    pub r#loop: r#type::r#Enum,
}

pub mod r#type {
    #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
    pub struct r#Enum {
        pub r#fn: i32,
    }
}
