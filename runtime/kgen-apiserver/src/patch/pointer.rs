//! Places in a document, by JSON pointers.

use std::borrow::Cow;

use serde_json::Value;

/// A pointer that names a member or an item of something; not the whole document.
pub(super) struct Pointer<'p> {
    parents: Vec<Cow<'p, str>>,
    pub(super) key: Cow<'p, str>,
}

impl<'p> Pointer<'p> {
    /// Nothing for the pointer to the whole document. What stands before the first slash says nothing, as in Go.
    pub(super) fn parse(text: &'p str) -> Option<Self> {
        let (_, rest) = text.split_once('/')?;
        let mut parents: Vec<_> = rest.split('/').map(unescaped).collect();
        let key = parents.pop()?;
        Some(Self { parents, key })
    }

    /// How deep the place is.
    pub(super) fn depth(&self) -> usize {
        self.parents.len() + 1
    }

    /// The map or list that the pointer names a part of.
    pub(super) fn parent<'d>(&self, document: &'d mut Value) -> Option<&'d mut Value> {
        let parent = self.parents.iter().try_fold(document, |value, key| match value {
            Value::Object(members) => members.get_mut(key.as_ref()),
            Value::Array(items) => {
                let index = index(key, items.len()).ok()?;
                items.get_mut(index)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        })?;
        (parent.is_object() || parent.is_array()).then_some(parent)
    }
}

fn unescaped(key: &str) -> Cow<'_, str> {
    if key.contains('~') {
        Cow::Owned(key.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(key)
    }
}

/// The index that a key means, of `len` places. Negative ones count from the end, as in Go.
pub(super) fn index(key: &str, len: usize) -> Result<usize, String> {
    let given: i64 = key
        .parse()
        .map_err(|_| format!("value was not a proper array index: '{key}'"))?;
    let index = if given < 0 {
        given.saturating_add_unsigned(len as u64)
    } else {
        given
    };
    let invalid = || format!("Unable to access invalid index: {given}: invalid index referenced");
    usize::try_from(index)
        .ok()
        .filter(|index| *index < len)
        .ok_or_else(invalid)
}
