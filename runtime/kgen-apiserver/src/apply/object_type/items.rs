//! How items of lists are told apart.

use std::collections::BTreeMap;

use serde_json::Value;
use smol_str::SmolStr;

use super::ObjectType;
use crate::apply::literal::Literal;
use crate::apply::path::{KeyField, PathElement};
use crate::apply::schema::{List, ListMerge};

impl ObjectType {
    /// What names an item in its list; not for atomic lists.
    pub(super) fn item_element(&self, list: &List, item: &Value) -> Result<PathElement, String> {
        match &list.merge {
            ListMerge::Atomic => Err("invalid indexing of non-associative list".to_owned()),
            ListMerge::Set => set_element(item),
            ListMerge::Map(keys) => self.key_element(list, keys, item),
        }
    }

    fn key_element(&self, list: &List, keys: &[SmolStr], item: &Value) -> Result<PathElement, String> {
        let item = match item {
            Value::Object(item) => item,
            Value::Null => return Err("associative list with keys may not have a null element".to_owned()),
            _ => return Err("associative list with keys may not have non-map elements".to_owned()),
        };
        if self.schema.ty(list.items).map.is_none() {
            return Err("associative list may not have non-map types".to_owned());
        }
        let fields = keys.iter().filter_map(|name| {
            let value = item
                .get(name.as_str())
                .or_else(|| self.schema.key_default(list, name))?;
            Some(KeyField {
                name: name.clone(),
                value: Literal::of(value),
            })
        });
        let fields: Vec<KeyField> = fields.collect();
        if fields.is_empty() && !keys.is_empty() {
            let keys: Vec<String> = keys.iter().map(|key| crate::apply::literal::quoted(key)).collect();
            return Err(format!(
                "associative list with keys has an element that omits all key fields [{}] \
                 (and doesn't have default values for any key fields)",
                keys.join(" ")
            ));
        }
        Ok(PathElement::sorted_key(fields))
    }

    /// The items of a list by what names them, and their order. Items that cannot be named are left out.
    pub(super) fn index<'v>(&self, list: &List, items: &'v [Value]) -> Index<'v> {
        let mut index = Index {
            order: Vec::with_capacity(items.len()),
            found: BTreeMap::new(),
        };
        for item in items {
            let Ok(element) = self.item_element(list, item) else {
                continue;
            };
            index.found.entry(element.clone()).or_default().push(item);
            index.order.push((element, item));
        }
        index
    }
}

/// The items of a list. Lists that were written by others than appliers may hold an item several times.
pub(super) struct Index<'v> {
    pub(super) order: Vec<(PathElement, &'v Value)>,
    pub(super) found: BTreeMap<PathElement, Vec<&'v Value>>,
}

impl<'v> Index<'v> {
    pub(super) fn get(&self, element: &PathElement) -> &[&'v Value] {
        self.found.get(element).map_or(&[], Vec::as_slice)
    }
}

fn set_element(item: &Value) -> Result<PathElement, String> {
    let problem = match item {
        Value::Object(_) => "associative list without keys has an element that's a map type",
        Value::Array(_) => "not supported: associative list with lists as elements",
        Value::Null => "associative list without keys has an element that's an explicit null",
        Value::Bool(_) | Value::Number(_) | Value::String(_) => return Ok(PathElement::value(item)),
    };
    Err(problem.to_owned())
}
