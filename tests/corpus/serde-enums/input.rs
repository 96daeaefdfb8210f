kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

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
    Hg(Git),
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

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
pub struct Shop {
    pub metadata: kgen::k8s::ObjectMeta,
    pub size: Option<Size>,
    pub internal: Option<Internal>,
    pub adjacent: Option<Adjacent>,
    #[kgen(schemaless, preserve_unknown_fields)]
    pub untagged: Option<Untagged>,
}
