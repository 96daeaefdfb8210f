kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(kgen::Api, serde::Serialize, serde::Deserialize)]
#[kgen(discriminator = "type")]
pub enum Source {
    Git(String),
}
