kgen::version! { group = "shop.example.com", version = "v1" }
kgen::version! { group = "shop.example.com", version = "v2" }
