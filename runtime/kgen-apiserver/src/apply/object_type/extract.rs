//! The part of a value that a set names.

use serde_json::{Map as Json, Value};

use super::{ObjectType, Shape};
use crate::apply::field_set::FieldSet;
use crate::apply::literal::Literal;
use crate::apply::path::PathElement;
use crate::apply::schema::{List, ListMerge, Map, TypeId};

impl ObjectType {
    /// The members of a set and nothing else, as an applier would write them: what it had applied, with the values of
    /// now. Key fields stay with their items, whoever owns them.
    pub fn extract(&self, value: &Value, set: &FieldSet) -> Value {
        self.part(Some(self.root), value, set)
    }

    fn part(&self, ty: Option<TypeId>, value: &Value, set: &FieldSet) -> Value {
        let shape = ty.and_then(|ty| self.shape(ty, Some(value)));
        match (shape, value) {
            (Some(Shape::Map(map)), Value::Object(members)) if !map.is_atomic => {
                Value::Object(self.part_of_members(map, members, set))
            }
            (Some(Shape::List(list)), Value::Array(items)) if !matches!(list.merge, ListMerge::Atomic) => {
                Value::Array(self.part_of_items(list, items, set))
            }
            (Some(_) | None, value) => value.clone(),
        }
    }

    fn part_of_members(&self, map: &Map, members: &Json<String, Value>, set: &FieldSet) -> Json<String, Value> {
        let parts = members.iter().filter_map(|(name, member)| {
            let node = set.get(&PathElement::field(name))?;
            Some((name.clone(), self.part(map.member(name), member, &node.children)))
        });
        parts.collect()
    }

    fn part_of_items(&self, list: &List, items: &[Value], set: &FieldSet) -> Vec<Value> {
        let parts = items.iter().filter_map(|item| {
            let element = self.item_element(list, item).ok()?;
            let node = set.get(&element)?;
            let mut part = self.part(Some(list.items), item, &node.children);
            if let (Value::Object(part), PathElement::Key(fields)) = (&mut part, &element) {
                for field in fields {
                    if let Some(value) = item
                        .get(field.name.as_str())
                        .filter(|value| Literal::of(value) == field.value)
                    {
                        part.insert(field.name.to_string(), value.clone());
                    }
                }
            }
            Some(part)
        });
        parts.collect()
    }
}
