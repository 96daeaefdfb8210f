kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api)]
pub enum Source {
    Git(String),
    #[kgen(name = "git")]
    Http(i32),
}
