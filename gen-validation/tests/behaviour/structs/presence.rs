//! What has to be there, and what must not be empty.

use serde_json::{Value, json};

use super::{Group, group};
use crate::cases::Case;

pub(super) fn presence() -> Group {
    let types = r#"
DERIVE
pub struct Presence {
    #[kgen(required)]
    pub a: Option<i32>,
    #[kgen(optional, minimum = 3, max_length = 1)]
    pub either: IntOrString,
    #[kgen(optional, min_length = 2)]
    pub name: String,
    #[kgen(optional, minimum = 2)]
    pub count: i32,
    #[kgen(default = 5, minimum = 2)]
    pub port: Option<i32>,
    #[kgen(subfield("name", required, min_length = 2))]
    pub key: ConfigMapKeySelector,
    #[kgen(subfield("kind", required), subfield("size", forbidden))]
    pub named: Option<Named>,
}"#;
    let object = |fields: &[(&str, Value)]| {
        let mut object = json!({"a": 1, "port": 2, "key": {"key": "", "name": "ab"}});
        for (name, value) in fields {
            object[*name] = value.clone();
        }
        object
    };
    let create = |name: &str, value: Value, wanted: &[&str]| Case::create("Presence", object(&[(name, value)]), wanted);
    group(
        types,
        vec![
            Case::create("Presence", object(&[]), &[]),
            create("a", json!(null), &["a: Required value"]),
            Case::update(
                "Presence",
                object(&[("a", json!(null))]),
                object(&[("a", json!(null))]),
                &[],
            ),
            Case::update(
                "Presence",
                object(&[]),
                object(&[("a", json!(null))]),
                &["a: Required value"],
            ),
            create("name", json!(""), &[]),
            create("name", json!("a"), &["name: Too short: must be at least 2 characters"]),
            create("count", json!(0), &[]),
            create(
                "count",
                json!(1),
                &["count: Invalid value: 1: must be greater than or equal to 2"],
            ),
            create(
                "either",
                json!("ab"),
                &["either: Too long: may not be more than 1 character"],
            ),
            create("port", json!(null), &["port: Required value"]),
            create(
                "key",
                json!({"key": "a", "name": "a"}),
                &["key.name: Too short: must be at least 2 characters"],
            ),
            create("named", json!({"name": "", "kind": "B"}), &[]),
            create(
                "named",
                json!({"name": "", "size": 3}),
                &["named.kind: Required value", "named.size: Forbidden"],
            ),
        ],
    )
}

/// What `required` asks of plain values: that they are not empty. Where nothing is said they may be.
pub(super) fn filled() -> Group {
    let types = r#"
DERIVE
pub struct Filled {
    pub free: String,
    #[kgen(required)]
    pub text: String,
    #[kgen(required, min_length = 2)]
    pub long: Word,
    #[kgen(required)]
    pub count: i32,
    #[kgen(required)]
    pub size: f64,
    #[kgen(required)]
    pub on: bool,
    #[kgen(required)]
    pub list: Vec<String>,
    #[kgen(required)]
    pub map: Box<BTreeMap<String, String>>,
    #[kgen(required, default = "x")]
    pub written: String,
    #[kgen(each(required))]
    pub texts: Vec<String>,
    #[kgen(on_update(required))]
    pub later: String,
}
DERIVE
pub struct Word(pub String);"#;
    let object = |fields: &[(&str, Value)]| {
        let mut object = json!({
            "text": "a", "long": "ab", "count": 1, "size": 0.5, "on": true, "list": [""], "map": {"": ""}, "texts": ["a"],
            "later": "a"
        });
        for (name, value) in fields {
            object[*name] = value.clone();
        }
        object
    };
    let create = |name: &str, value: Value, wanted: &[&str]| Case::create("Filled", object(&[(name, value)]), wanted);
    group(
        types,
        vec![
            Case::create("Filled", object(&[]), &[]),
            create("text", json!(""), &["text: Required value"]),
            create("long", json!(""), &["long: Required value"]),
            create("long", json!("a"), &["long: Too short: must be at least 2 characters"]),
            create("count", json!(0), &["count: Required value"]),
            create("size", json!(0), &["size: Required value"]),
            create("on", json!(false), &["on: Required value"]),
            create("list", json!([]), &["list: Required value"]),
            create("map", json!({}), &["map: Required value"]),
            create("written", json!(""), &[]),
            create("texts", json!(["a", ""]), &["texts[1]: Required value"]),
            create("later", json!(""), &[]),
            Case::update(
                "Filled",
                object(&[]),
                object(&[("later", json!(""))]),
                &["later: Required value"],
            ),
            Case::update(
                "Filled",
                object(&[("text", json!(""))]),
                object(&[("text", json!("")), ("count", json!(0))]),
                &["count: Required value"],
            ),
        ],
    )
}
