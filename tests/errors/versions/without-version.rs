kgen::version! { group = "shop.example.com" }
