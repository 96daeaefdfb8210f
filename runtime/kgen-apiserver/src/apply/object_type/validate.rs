//! Whether a value fits its type.

use std::collections::BTreeSet;

use serde_json::{Map as Json, Value};

use super::errors::{TypeError, TypeErrors, note, prefix};
use super::{ObjectType, Shape};
use crate::apply::MAX_DEPTH;
use crate::apply::path::PathElement;
use crate::apply::schema::{List, ListMerge, Map, Scalar, TypeId};

/// Whether a set or a list with keys may hold an item twice. An applied configuration may not; an object that plain
/// writes made may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// They are errors.
    Refused,
    /// They are kept.
    Allowed,
}

impl ObjectType {
    /// Checks that a value has only declared fields, that scalars are of their type, and that items can be told apart.
    pub fn validate(&self, value: &Value, duplicates: Duplicates) -> Result<(), TypeErrors> {
        let mut walk = Walk {
            ty: self,
            duplicates,
            errors: Vec::new(),
        };
        walk.value(self.root, value, 0);
        TypeErrors::checked(walk.errors)
    }
}

struct Walk<'a> {
    ty: &'a ObjectType,
    duplicates: Duplicates,
    errors: Vec<TypeError>,
}

impl Walk<'_> {
    fn value(&mut self, ty: TypeId, value: &Value, depth: usize) {
        if depth > MAX_DEPTH {
            return note(&mut self.errors, "nested too deeply");
        }
        match (self.ty.shape(ty, Some(value)), value) {
            (None, _) => note(&mut self.errors, "the schema allows no value here"),
            (Some(_), Value::Null) => {}
            (Some(Shape::Scalar(scalar)), value) => self.scalar(scalar, value),
            (Some(Shape::List(list)), Value::Array(items)) => self.items(list, items, depth),
            (Some(Shape::Map(map)), Value::Object(members)) => self.members(map, members, depth),
            (Some(Shape::List(_)), value) => note(&mut self.errors, format!("expected list, got {}", kind(value))),
            (Some(Shape::Map(_)), value) => note(&mut self.errors, format!("expected map, got {}", kind(value))),
        }
    }

    fn scalar(&mut self, scalar: Scalar, value: &Value) {
        let expected = match (scalar, value) {
            (Scalar::Number, Value::Number(_))
            | (Scalar::String, Value::String(_))
            | (Scalar::Bool, Value::Bool(_))
            | (Scalar::Any, Value::Number(_) | Value::String(_) | Value::Bool(_)) => return,
            (Scalar::Number, _) => "numeric (int or float)",
            (Scalar::String, _) => "string",
            (Scalar::Bool, _) => "boolean",
            (Scalar::Any, _) => "any scalar",
        };
        note(&mut self.errors, format!("expected {expected}, got {}", kind(value)));
    }

    fn items(&mut self, list: &List, items: &[Value], depth: usize) {
        if matches!(list.merge, ListMerge::Atomic) {
            for (index, item) in items.iter().enumerate() {
                let first = self.errors.len();
                self.value(list.items, item, depth + 1);
                prefix(&mut self.errors, first, || format!("[{index}]"));
            }
            return;
        }
        let mut elements = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            match self.ty.item_element(list, item) {
                Ok(element) => elements.push(element),
                Err(problem) => return note(&mut self.errors, format!("element {index}: {problem}")),
            }
        }
        let mut seen = BTreeSet::new();
        for (element, item) in elements.iter().zip(items) {
            if self.duplicates == Duplicates::Refused && !seen.insert(element) {
                note(&mut self.errors, format!("duplicate entries for key {element}"));
            }
            let first = self.errors.len();
            self.value(list.items, item, depth + 1);
            prefix(&mut self.errors, first, || element.to_string());
        }
    }

    fn members(&mut self, map: &Map, members: &Json<String, Value>, depth: usize) {
        for (name, member) in members {
            let first = self.errors.len();
            match map.member(name) {
                Some(ty) => self.value(ty, member, depth + 1),
                None => note(&mut self.errors, "field not declared in schema"),
            }
            prefix(&mut self.errors, first, || PathElement::field(name).to_string());
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "map",
    }
}
