pub mod v1 {
    kgen::version! { group = "shop.example.com", version = "v1" }
}

pub mod stable {
    kgen::version! { group = "shop.example.com", version = "v1" }
}
