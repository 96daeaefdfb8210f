//! What may differ between two documents: paths such as `.spec.items[].colour`, where `[]` is each item of a list and
//! each value of a map.

use kgen::serde_json::Value;

/// When a member may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Always.
    Always,
    /// When it is empty in one of them and absent in the other.
    Empty,
}

/// Removes what may differ.
pub(crate) fn remove(document: &mut Value, path: &str, when: When) {
    let path = split_items(path);
    let segments = segments(&path);
    match segments.as_slice() {
        [] if when == When::Always => *document = Value::Null,
        segments => below(document, segments, when),
    }
}

/// Removes what was absent before.
pub(crate) fn remove_new(before: &Value, after: &mut Value, path: &str) {
    new_below(before, after, &segments(&split_items(path)));
}

/// `.a[].b` is the members `a`, each, `b`.
fn split_items(path: &str) -> String {
    path.replace("[]", ".[]")
}

fn segments(path: &str) -> Vec<&str> {
    path.split('.').filter(|segment| !segment.is_empty()).collect()
}

fn new_below(before: &Value, after: &mut Value, segments: &[&str]) {
    match (segments, before, after) {
        (["[]", rest @ ..], Value::Array(before), Value::Array(after)) => {
            let items = before.iter().zip(after);
            items.for_each(|(before, after)| new_below(before, after, rest));
        }
        (["[]", rest @ ..], Value::Object(before), Value::Object(after)) => {
            for (name, before) in before {
                if let Some(after) = after.get_mut(name) {
                    new_below(before, after, rest);
                }
            }
        }
        ([name], before, Value::Object(after)) if before.get(name).is_none_or(Value::is_null) => {
            after.remove(*name);
        }
        ([name, rest @ ..], before, Value::Object(after)) => {
            if let Some(after) = after.get_mut(*name) {
                new_below(before.get(name).unwrap_or(&Value::Null), after, rest);
            }
        }
        _ => {}
    }
}

fn below(value: &mut Value, segments: &[&str], when: When) {
    match (segments, value) {
        ([], _) => {}
        (["[]", rest @ ..], Value::Array(items)) => {
            if rest.is_empty() {
                items.clear();
            }
            items.iter_mut().for_each(|item| below(item, rest, when));
        }
        (["[]", rest @ ..], Value::Object(members)) => {
            if rest.is_empty() {
                members.clear();
            }
            members.values_mut().for_each(|member| below(member, rest, when));
        }
        ([name], Value::Object(members)) => {
            if when == When::Always || members.get(*name).is_some_and(is_empty) {
                members.remove(*name);
            }
        }
        ([name, rest @ ..], Value::Object(members)) => {
            if let Some(member) = members.get_mut(*name) {
                below(member, rest, when);
                // An object of which nothing is left may be absent as well.
                if member.as_object().is_some_and(kgen::serde_json::Map::is_empty) {
                    *member = Value::Null;
                }
            }
        }
        (_, Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {}
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(is_empty),
    }
}

/// The first place where two documents differ, with what stands there.
pub(crate) fn difference(path: &str, before: &Value, after: &Value) -> Option<String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let names = before
                .keys()
                .chain(after.keys().filter(|name| !before.contains_key(*name)));
            let member = |name: &String| {
                let (before, after) = (before.get(name), after.get(name));
                difference(
                    &format!("{path}.{name}"),
                    before.unwrap_or(&Value::Null),
                    after.unwrap_or(&Value::Null),
                )
            };
            names.into_iter().find_map(member)
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let items = before.iter().zip(after).enumerate();
            items
                .into_iter()
                .find_map(|(index, (before, after))| difference(&format!("{path}[{index}]"), before, after))
        }
        (before, after) if before == after => None,
        (before, after) => Some(format!("{path} was {before} and became {after}")),
    }
}

#[cfg(test)]
mod tests {
    use kgen::serde_json::json;

    use super::*;

    #[test]
    fn what_is_lost_is_removed() {
        let mut document = json!({"a": [{"b": 1, "c": 2}, {"b": 3}], "d": {"x": {"e": 1}}, "f": "", "g": 1});
        remove(&mut document, ".a[].b", When::Always);
        remove(&mut document, ".d[].e", When::Always);
        remove(&mut document, ".f", When::Empty);
        remove(&mut document, ".g", When::Empty);
        assert_eq!(document, json!({"a": [{"c": 2}, {}], "d": {"x": {}}, "g": 1}));
    }

    #[test]
    fn what_becomes_empty_may_be_absent() {
        let [mut before, mut after] = [json!({"a": {"b": 1}}), json!({})];
        for document in [&mut before, &mut after] {
            remove(document, ".a.b", When::Always);
        }
        assert_eq!(difference("", &before, &after), None);
    }

    #[test]
    fn what_was_absent_may_be_there() {
        let before = json!({"a": [{"b": 1}, {"b": null}, {}], "c": {}});
        let mut after = json!({"a": [{"b": 1}, {"b": 5}, {"b": 5}], "c": {"d": 5}});
        remove_new(&before, &mut after, ".a[].b");
        remove_new(&before, &mut after, ".c.d");
        assert_eq!(after, json!({"a": [{"b": 1}, {}, {}], "c": {}}));
    }

    #[test]
    fn differences_tell_where() {
        let found = difference("", &json!({"a": [1, {"b": 2}]}), &json!({"a": [1, {}]}));
        assert_eq!(found.as_deref(), Some(".a[1].b was 2 and became null"));
    }
}
