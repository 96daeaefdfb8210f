kgen::version! { group = "shop.example.com", version = "1.0" }
