kgen::version! { group = 1, version = "v1" }
