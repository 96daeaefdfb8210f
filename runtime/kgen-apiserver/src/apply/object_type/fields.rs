//! Which fields and items a value has.

use serde_json::{Map as Json, Value};

use super::items::Group;
use super::{ObjectType, Shape};
use crate::apply::MAX_DEPTH;
use crate::apply::field_set::{FieldSet, Node};
use crate::apply::path::PathElement;
use crate::apply::schema::{List, ListMerge, Map, TypeId};

impl ObjectType {
    /// Every leaf and every item of a value: scalars, atomic lists and maps, members of maps and sets. The fields of a
    /// struct that hold other fields are not members themselves.
    pub fn field_set(&self, value: &Value) -> FieldSet {
        self.fields(self.root, value, 0).1
    }

    /// Whether the value itself is a leaf, and what is below it.
    fn fields(&self, ty: TypeId, value: &Value, depth: usize) -> (bool, FieldSet) {
        let none = FieldSet::default();
        if depth > MAX_DEPTH {
            return (true, none);
        }
        match (self.shape(ty, Some(value)), value) {
            (None | Some(Shape::Scalar(_)), _) => (true, none),
            (
                Some(
                    Shape::List(List {
                        merge: ListMerge::Atomic,
                        ..
                    })
                    | Shape::Map(Map { is_atomic: true, .. }),
                ),
                _,
            ) => (true, none),
            (Some(Shape::List(list)), Value::Array(items)) => (false, self.item_fields(list, items, depth)),
            (Some(Shape::Map(map)), Value::Object(members)) => (false, self.member_fields(map, members, depth)),
            (Some(Shape::List(_) | Shape::Map(_)), _) => (false, none),
        }
    }

    fn item_fields(&self, list: &List, items: &[Value], depth: usize) -> FieldSet {
        let mut set = FieldSet::default();
        for (element, group) in self.index(list, items).groups() {
            let below = match group {
                Group::One(item) => self.fields(list.items, item, depth + 1).1,
                // Of several items of one name nothing but that is known.
                Group::None | Group::Many(_) => FieldSet::default(),
            };
            set.push(Node {
                element: element.clone(),
                is_member: true,
                children: below,
            });
        }
        set
    }

    fn member_fields(&self, map: &Map, members: &Json<String, Value>, depth: usize) -> FieldSet {
        let mut set = FieldSet::default();
        for (name, member) in members {
            let (is_leaf, below) = match map.member(name) {
                Some(ty) => self.fields(ty, member, depth + 1),
                None => (true, FieldSet::default()),
            };
            let is_empty = match member {
                Value::Null => true,
                Value::Object(members) => members.is_empty(),
                Value::Array(_) | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
            };
            let is_member = is_leaf || is_empty || !map.fields.contains_key(name.as_str());
            if let Some(node) = Node::some(PathElement::field(name), is_member, below) {
                set.push(node);
            }
        }
        set
    }

    /// The set, and the fields of structs on the way to its members.
    pub(crate) fn with_parents(&self, set: &FieldSet) -> FieldSet {
        self.parents_below(Some(self.root), set)
    }

    fn parents_below(&self, ty: Option<TypeId>, set: &FieldSet) -> FieldSet {
        let ty = ty.map(|ty| self.schema.ty(ty));
        let map = ty.and_then(|ty| ty.map.as_ref());
        let list = ty.and_then(|ty| ty.list.as_ref());
        let mut out = FieldSet::default();
        for node in set.nodes() {
            let (is_field, below) = match (&node.element, map, list) {
                (PathElement::Field(name), Some(map), _) => (map.fields.contains_key(name), map.member(name)),
                (PathElement::Key(_), _, Some(list)) => (false, Some(list.items)),
                _ => (false, None),
            };
            let children = self.parents_below(below, &node.children);
            let is_member = node.is_member || is_field && !children.is_empty();
            out.push(Node {
                element: node.element.clone(),
                is_member,
                children,
            });
        }
        out
    }
}
