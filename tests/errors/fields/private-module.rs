pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1" }

    mod order {
        #[derive(kgen::Api)]
        pub struct Order {
            pub count: i32,
        }
    }
}
