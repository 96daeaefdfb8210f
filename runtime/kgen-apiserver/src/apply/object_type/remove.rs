//! What is left of a value without some of its fields and items.

use serde_json::{Map as Json, Value};

use super::{ObjectType, Shape};
use crate::apply::field_set::FieldSet;
use crate::apply::path::PathElement;
use crate::apply::schema::{List, ListMerge, Map, TypeId};

impl ObjectType {
    /// Takes the members of a set, with all that is below them, out of a value. A map or list that loses its last
    /// member becomes `null`, unless it is a member itself.
    pub fn remove(&self, value: Value, set: &FieldSet) -> Value {
        if set.is_empty() {
            value
        } else {
            self.without(Some(self.root), value, set)
        }
    }

    fn without(&self, ty: Option<TypeId>, value: Value, set: &FieldSet) -> Value {
        let shape = ty.and_then(|ty| self.shape(ty, Some(&value)));
        match (shape, value) {
            (Some(Shape::Map(map)), Value::Object(members)) => self.without_members(map, members, set),
            (Some(Shape::List(list)), Value::Array(items)) => self.without_items(list, items, set),
            (Some(Shape::Map(_) | Shape::List(_)), _) => Value::Null,
            (Some(Shape::Scalar(_)) | None, value) => value,
        }
    }

    fn without_members(&self, map: &Map, members: Json<String, Value>, set: &FieldSet) -> Value {
        if map.is_atomic {
            return Value::Null;
        }
        let mut out = Json::new();
        for (name, member) in members {
            match set.get(&PathElement::field(&name)) {
                Some(node) if node.is_member => {}
                Some(node) => {
                    let member = self.without(map.member(&name), member, &node.children);
                    out.insert(name, member);
                }
                None => drop(out.insert(name, member)),
            }
        }
        if out.is_empty() {
            Value::Null
        } else {
            Value::Object(out)
        }
    }

    fn without_items(&self, list: &List, items: Vec<Value>, set: &FieldSet) -> Value {
        if matches!(list.merge, ListMerge::Atomic) {
            return Value::Null;
        }
        let left = items.into_iter().filter_map(|item| {
            let element = self.item_element(list, &item).ok();
            match element.and_then(|element| set.get(&element)) {
                Some(node) if node.is_member => None,
                Some(node) => Some(self.without(Some(list.items), item, &node.children)),
                None => Some(item),
            }
        });
        let left: Vec<Value> = left.collect();
        if left.is_empty() {
            Value::Null
        } else {
            Value::Array(left)
        }
    }
}
