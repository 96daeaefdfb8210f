kgen::version! { group = "shop.example.com", version = "v1", generate(openapi = false) }

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, cluster)]
#[kgen(cel("self.spec.minimum <= self.spec.maximum", message = "minimum is above maximum", field_path = ".spec.minimum"))]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub spec: OrderSpec,
}

#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(cel("has(self.note) || self.minimum > 0", reason = "FieldValueRequired", message_expression = "'no note for ' + string(self.minimum)"))]
pub struct OrderSpec {
    pub minimum: i32,
    #[kgen(cel("self >= oldSelf"), cel("self < 100 || !oldSelf.hasValue()", optional_old_self))]
    pub maximum: i32,
    #[kgen(max_length = 10, cel("self.startsWith('a')"))]
    pub note: Option<String>,
}
