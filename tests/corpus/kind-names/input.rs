kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind = "HTTPMice", namespaced, plural = "httpmice", singular = "httpmouse", list_kind = "HTTPMouseList")]
#[kgen(short_name = "hm", short_name = "mice", category = "all", category = "shop")]
pub struct HttpMice {
    pub metadata: kgen::k8s::ObjectMeta,
}
