kgen::version! { group = "Shop_Example", version = "v1" }
