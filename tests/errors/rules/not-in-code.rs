kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, kgen::Api)]
pub enum Phase {
    Done,
    #[kgen(excluded)]
    Gone,
}
