//! How code finds out whether a field is set: whether it would be written.

use super::unboxed;
use crate::facts::Facts;
use crate::known;
use crate::model::{Builtin, Field, FieldLayout, Model, Origin, Presence, TypeDef, TypeRef};

/// How it is found out whether a field is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetTest {
    /// It always is.
    Always,
    /// By `is_some`: an `Option`.
    Some,
    /// By `is_empty`: a string, a list or a map.
    Filled,
    /// By the value itself: a bool.
    True,
    /// By comparing it with zero: an integer.
    NotZero,
    /// By the runtime's trait of what can be empty.
    NotEmpty,
}

/// The value of a plain type that stands for nothing: the zero value of Go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    /// `false`
    False,
    /// `0`
    Int,
    /// `0.0`
    Float,
    /// The empty string.
    Text,
    /// The empty list.
    List,
    /// The empty map.
    Map,
}

impl Model {
    /// What a plain value is when nothing is in it. `None` for an `Option`, which says itself whether it is set, and for
    /// what is never empty: objects, enums, and whatever Kubernetes writes as one value.
    #[must_use]
    pub fn zero_of(&self, ty: &TypeRef) -> Option<Zero> {
        if ty.is_option() {
            return None;
        }
        match self.wire_type(ty) {
            TypeRef::Bool => Some(Zero::False),
            TypeRef::Int(_) => Some(Zero::Int),
            TypeRef::Float(_) => Some(Zero::Float),
            TypeRef::String => Some(Zero::Text),
            TypeRef::List(_) => Some(Zero::List),
            TypeRef::Map { .. } => Some(Zero::Map),
            TypeRef::Array(..) | TypeRef::Builtin(_) | TypeRef::Named(_) | TypeRef::Option(_) | TypeRef::Boxed(_) => {
                None
            }
        }
    }

    /// What a plain value must not be, if its place says `required`. Beside a default, and where `null` is legal, the word
    /// is about the document alone.
    #[must_use]
    pub fn forbidden_zero(&self, ty: &TypeRef, facts: &Facts) -> Option<Zero> {
        let is_about_documents = facts.default.is_some() || facts.schema.nullable;
        self.zero_of(ty).filter(|_| !is_about_documents)
    }

    /// How it is found out whether a field of a struct is set.
    #[must_use]
    pub fn set_test(&self, owner: &TypeDef, field: &Field) -> SetTest {
        if field.ty.is_option() {
            return SetTest::Some;
        }
        let is_left_out = field.layout == FieldLayout::Member
            && field.presence == Presence::Optional
            && self.default_of(field).is_none();
        let has_other_default = owner.is_by_hand("Default");
        if !is_left_out || has_other_default {
            return SetTest::Always;
        }
        match unboxed(&field.ty) {
            TypeRef::Bool => SetTest::True,
            TypeRef::Int(_) => SetTest::NotZero,
            TypeRef::String | TypeRef::List(_) | TypeRef::Map { .. } => SetTest::Filled,
            TypeRef::Float(_) => SetTest::NotEmpty,
            TypeRef::Builtin(builtin) if has_empty(*builtin) => SetTest::NotEmpty,
            TypeRef::Named(id) if tells_empty(owner, self.ty(*id)) => SetTest::NotEmpty,
            TypeRef::Builtin(_) | TypeRef::Named(_) | TypeRef::Array(..) | TypeRef::Option(_) | TypeRef::Boxed(_) => {
                SetTest::Always
            }
        }
    }

    /// Whether values of a type can be compared.
    #[must_use]
    pub fn is_comparable(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String | TypeRef::Builtin(_) => true,
            TypeRef::Named(id) => {
                let def = self.ty(*id);
                let is_plain = def.origin == Origin::Kubernetes || def.is_by_hand("PartialEq");
                is_plain || (def.has_trait("PartialEq") && def.args.iter().all(|arg| self.is_comparable(arg)))
            }
            TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                self.is_comparable(inner)
            }
            TypeRef::Map { kind: _, key, value } => self.is_comparable(key) && self.is_comparable(value),
        }
    }
}

fn has_empty(builtin: Builtin) -> bool {
    builtin.has_default()
}

/// Whether the runtime or generated code says when values of a type are empty: for the fields of types whose serde kgen
/// writes.
fn tells_empty(owner: &TypeDef, ty: &TypeDef) -> bool {
    match ty.origin {
        Origin::Source => owner.is_generated(),
        Origin::Kubernetes => {
            let exported = known::lookup(&["kgen", "k8s", &ty.name]);
            let is_exported = matches!(exported, Some(known::Known::Definition(name)) if name == ty.schema_name);
            is_exported && ty.has_trait("Default")
        }
    }
}
