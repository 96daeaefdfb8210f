kgen::version! { group = "shop.example.com", version = "v1" }
