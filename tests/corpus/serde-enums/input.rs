kgen::version! { group = "shop.example.com", version = "v1" }

#[derive(Clone, Debug, PartialEq, kgen::Api, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    VerySmall,
    #[serde(rename = "BIG")]
    Large,
}

#[derive(Clone, Debug, PartialEq, kgen::Api, serde::Serialize, serde::Deserialize)]
#[serde(tag = "type")]
pub enum Internal {
    Git(Git),
    Local,
}

#[derive(Clone, Debug, PartialEq, kgen::Api, serde::Serialize, serde::Deserialize)]
#[serde(tag = "type", content = "value")]
pub enum Adjacent {
    Git(Git),
    Count(i32),
}

#[derive(Clone, Debug, PartialEq, kgen::Api, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Untagged {
    Git(Git),
    Count(i32),
}

#[derive(Clone, Debug, PartialEq, kgen::Api, serde::Serialize, serde::Deserialize)]
pub struct Git {
    pub repository: String,
}
