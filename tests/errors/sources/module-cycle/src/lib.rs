kgen::version! { group = "shop.example.com", version = "v1" }

pub mod lines;
