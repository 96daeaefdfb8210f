//! Objects as the suite stores them.

use bytes::Bytes;
use serde_json::json;

/// An object with this name and this content.
pub(crate) fn object(name: &str, content: u32) -> Bytes {
    labelled(name, content, &[])
}

/// An object with labels.
pub(crate) fn labelled(name: &str, content: u32, labels: &[(&str, &str)]) -> Bytes {
    let (namespace, name) = name.rsplit_once('/').unwrap_or(("", name));
    let labels: serde_json::Map<_, _> = labels
        .iter()
        .map(|(key, value)| ((*key).to_owned(), json!(value)))
        .collect();
    let object = json!({"metadata": {"name": name, "namespace": namespace, "labels": labels}, "content": content});
    Bytes::from(object.to_string())
}

/// The content of an object.
pub(crate) fn content(value: &Bytes) -> u32 {
    let object: serde_json::Value = serde_json::from_slice(value).expect("objects of the suite are JSON");
    object["content"].as_u64().expect("objects of the suite have a content") as u32
}
