kgen::version! { group = "shop.example.com", version = "v1" }

pub mod lines;
mod order;

pub use order::Order;
