//! JSON patch.

use serde::Deserialize;
use serde_json::Value;

use super::PatchError;
use super::pointer::{Pointer, index};
use crate::apply::MAX_DEPTH;

/// How many operations a patch may have.
pub const MAX_OPERATIONS: usize = 10_000;

/// How many bytes the `copy` operations of a patch may add, as they could double an object each time.
pub const MAX_COPIED_BYTES: usize = 3 * 1024 * 1024;

/// An operation as it is sent. What an operation does not use is not looked at.
#[derive(Deserialize)]
struct Operation {
    #[serde(default)]
    op: Value,
    path: Option<Value>,
    from: Option<Value>,
    #[serde(default)]
    value: Value,
}

/// Does the operations of a patch to a document, all or none.
///
/// As in Kubernetes, `replace` of a member that is missing adds it, `copy` of one adds `null`, `test` takes it for `null`,
/// and negative indices count from the end.
pub fn json_patch(mut document: Value, patch: &Value) -> Result<Value, PatchError> {
    PatchError::check_depth([&document, patch])?;
    let operations = Vec::<Operation>::deserialize(patch).map_err(|error| PatchError::Malformed(error.to_string()))?;
    if operations.len() > MAX_OPERATIONS {
        return Err(PatchError::TooManyOperations(operations.len()));
    }
    let mut copied = 0;
    for operation in operations {
        operation.run(&mut document, &mut copied).map_err(PatchError::Failed)?;
    }
    Ok(document)
}

impl Operation {
    fn run(self, document: &mut Value, copied: &mut usize) -> Result<(), String> {
        let text = |value: &Option<Value>, name: &str| match value {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(_) => Err(format!("operation has a {name} that is no text")),
            None => Err(format!("operation missing {name} field: missing value")),
        };
        let path = text(&self.path, "path")?;
        match self.op.as_str() {
            Some("add") => add("add", document, &path, self.value),
            Some("remove") => remove("remove", document, &path).map(drop),
            Some("replace") => replace(document, &path, self.value),
            Some("test") => test(document, &path, &self.value),
            Some("move") => {
                let moved = remove("move", document, &text(&self.from, "from")?)?;
                add("move", document, &path, moved)
            }
            Some("copy") => {
                let copy = get("copy", document, &text(&self.from, "from")?)?
                    .cloned()
                    .unwrap_or_default();
                *copied = copied.saturating_add(size(&copy));
                if *copied > MAX_COPIED_BYTES {
                    return Err(format!(
                        "Unable to complete the copy, the accumulated size increase of copy is {copied}, \
                         exceeding the limit {MAX_COPIED_BYTES}"
                    ));
                }
                add("copy", document, &path, copy)
            }
            _ => Err(format!("Unexpected kind: {}", self.op.as_str().unwrap_or("unknown"))),
        }
    }
}

/// Finds the parent of a place, and the key in it.
fn find<'d, 'p>(what: &str, document: &'d mut Value, path: &'p str) -> Result<(&'d mut Value, Pointer<'p>), String> {
    let missing = || format!("{what} operation does not apply: doc is missing path: \"{path}\": missing value");
    let pointer = Pointer::parse(path).ok_or_else(missing)?;
    let parent = pointer.parent(document).ok_or_else(missing)?;
    Ok((parent, pointer))
}

fn in_path<T>(what: &str, path: &str, result: Result<T, String>) -> Result<T, String> {
    result.map_err(|why| format!("error in {what} for path: '{path}': {why}"))
}

fn add(what: &str, document: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let (parent, pointer) = find(what, document, path)?;
    in_path(what, path, check_depth(&pointer, &value))?;
    match parent {
        Value::Array(items) if pointer.key == "-" => items.push(value),
        Value::Array(items) => {
            let index = in_path(what, path, index(&pointer.key, items.len() + 1))?;
            items.insert(index, value);
        }
        parent => drop(
            parent
                .as_object_mut()
                .map(|members| members.insert(pointer.key.into_owned(), value)),
        ),
    }
    Ok(())
}

fn remove(what: &str, document: &mut Value, path: &str) -> Result<Value, String> {
    let (parent, pointer) = find(what, document, path)?;
    let removed = match parent {
        Value::Array(items) => index(&pointer.key, items.len()).map(|index| items.remove(index)),
        parent => {
            let members = parent.as_object_mut();
            let missing = || format!("Unable to remove nonexistent key: {}: missing value", pointer.key);
            members
                .and_then(|members| members.remove(pointer.key.as_ref()))
                .ok_or_else(missing)
        }
    };
    in_path(what, path, removed)
}

fn replace(document: &mut Value, path: &str, value: Value) -> Result<(), String> {
    if path.is_empty() {
        if !value.is_object() && !value.is_array() {
            return Err("replace operation value must be object or array".to_owned());
        }
        *document = value;
        return Ok(());
    }
    let (parent, pointer) = find("replace", document, path)?;
    in_path("replace", path, check_depth(&pointer, &value))?;
    match parent {
        Value::Array(items) => {
            let missing = |_| format!("replace operation does not apply: doc is missing key: {path}: missing value");
            let index = index(&pointer.key, items.len()).map_err(missing)?;
            items[index] = value;
        }
        parent => drop(
            parent
                .as_object_mut()
                .map(|members| members.insert(pointer.key.into_owned(), value)),
        ),
    }
    Ok(())
}

fn test(document: &mut Value, path: &str, value: &Value) -> Result<(), String> {
    let found = if path.is_empty() {
        Some(&*document)
    } else {
        get("test", document, path)?
    };
    if crate::apply::equal(found.unwrap_or(&Value::Null), value) {
        return Ok(());
    }
    Err(format!("testing value {path} failed: test failed"))
}

/// The value at a place; nothing for a member that is missing.
fn get<'d>(what: &str, document: &'d mut Value, path: &str) -> Result<Option<&'d Value>, String> {
    let (parent, pointer) = find(what, document, path)?;
    match &*parent {
        Value::Array(items) => in_path(what, path, index(&pointer.key, items.len())).map(|index| items.get(index)),
        parent => Ok(parent.get(pointer.key.as_ref())),
    }
}

/// Operations could nest a document deeper than anything that can be read from text.
fn check_depth(pointer: &Pointer<'_>, value: &Value) -> Result<(), String> {
    if pointer.depth() + depth(value) > MAX_DEPTH {
        Err("nested too deeply".to_owned())
    } else {
        Ok(())
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 5,
        Value::Number(number) => number.to_string().len(),
        Value::String(text) => text.len() + 2,
        Value::Array(items) => 2 + items.iter().map(|item| size(item) + 1).sum::<usize>(),
        Value::Object(members) => {
            2 + members
                .iter()
                .map(|(name, member)| name.len() + 4 + size(member))
                .sum::<usize>()
        }
    }
}
