kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub enum Source {
    Git(String),
    Http(i32),
    #[kgen(other)]
    Other(String),
}
