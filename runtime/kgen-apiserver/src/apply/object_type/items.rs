//! How items of lists are told apart.

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
        let named = keys.iter().filter_map(|name| {
            let value = item
                .get(name.as_str())
                .or_else(|| self.schema.key_default(list, name))?;
            Some(KeyField {
                name: name.clone(),
                value: Literal::of(value),
            })
        });
        let mut fields: Vec<KeyField> = Vec::with_capacity(keys.len());
        fields.extend(named);
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

    /// The items of a list by what names them. Items that cannot be named are left out.
    pub(super) fn index<'v>(&self, list: &List, items: &'v [Value]) -> Index<'v> {
        let named = items
            .iter()
            .filter_map(|item| Some((self.item_element(list, item).ok()?, item)));
        let mut order = Vec::with_capacity(items.len());
        order.extend(named);
        let mut sorted: Vec<usize> = (0..order.len()).collect();
        sorted.sort_by(|left, right| order[*left].0.cmp(&order[*right].0));
        Index { order, sorted }
    }
}

/// The items of a list. Lists that were written by others than appliers may hold an item several times.
pub(super) struct Index<'v> {
    /// As in the list.
    pub(super) order: Vec<(PathElement, &'v Value)>,
    /// Places in `order`, sorted by what names the items there.
    sorted: Vec<usize>,
}

/// The items of one name.
#[derive(Clone, Copy)]
pub(super) enum Group<'i, 'v> {
    None,
    One(&'v Value),
    /// Places in the index.
    Many(&'i [usize]),
}

impl<'v> Index<'v> {
    fn element(&self, place: usize) -> &PathElement {
        &self.order[place].0
    }

    fn group<'i>(&'i self, places: &'i [usize]) -> Group<'i, 'v> {
        match places {
            [] => Group::None,
            [only] => Group::One(self.order[*only].1),
            many => Group::Many(many),
        }
    }

    pub(super) fn get(&self, element: &PathElement) -> Group<'_, 'v> {
        let first = self.sorted.partition_point(|place| self.element(*place) < element);
        let count = self.sorted[first..]
            .iter()
            .take_while(|place| self.element(**place) == element)
            .count();
        self.group(&self.sorted[first..first + count])
    }

    pub(super) fn has(&self, element: &PathElement) -> bool {
        self.sorted
            .binary_search_by(|place| self.element(*place).cmp(element))
            .is_ok()
    }

    /// The items by name, sorted.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&PathElement, Group<'_, 'v>)> {
        let groups = self
            .sorted
            .chunk_by(|left, right| self.element(*left) == self.element(*right));
        groups.map(|places| (self.element(places[0]), self.group(places)))
    }

    /// The items at these places.
    pub(super) fn values(&self, places: &[usize]) -> impl Iterator<Item = &'v Value> {
        places.iter().map(|place| self.order[*place].1)
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
