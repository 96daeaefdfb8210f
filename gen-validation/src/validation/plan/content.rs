//! What a value is in JSON, and the ways to what is in it.

use kgen_model::model::{FieldLayout, Int, Origin, UnionDef};
use kgen_model::{Builtin, Facts, Field, ListType, Shape, TypeDef, TypeId, TypeRef};

use super::place::{Need, call, inside, wrapped};
use super::{Argument, Correlation, Key, KeyForm, KeyText, Planner, Step, TextOf, Via, Way};

/// A newtype that holds itself in a box has no content; nothing else is as deep.
const DEEPEST: usize = 16;

/// What a value is in JSON, without boxes and newtypes around it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content<'m> {
    Bool,
    Int(Int),
    Float,
    Text(TextOf),
    IntOrString,
    List(&'m TypeRef),
    Map {
        key: &'m TypeRef,
        value: &'m TypeRef,
    },
    Struct(TypeId, &'m [Field]),
    Union(TypeId, &'m UnionDef),
    /// What code does not look into.
    Other,
}

impl<'m> Planner<'m, '_> {
    /// The way to what a value is in JSON.
    pub(super) fn way_to_content(&self, ty: &'m TypeRef) -> (Vec<Via<'m>>, Content<'m>) {
        let mut via = Vec::new();
        let content = self.follow(ty, &mut via);
        (via, content)
    }

    /// The same for a type as its declaration sees it.
    pub(super) fn way_into(&self, id: TypeId) -> (Vec<Via<'m>>, Content<'m>) {
        let mut via = Vec::new();
        let content = match self.within_type(id, &mut via) {
            Ok(inner) => self.follow(inner, &mut via),
            Err(content) => content,
        };
        (via, content)
    }

    fn follow(&self, mut ty: &'m TypeRef, via: &mut Vec<Via<'m>>) -> Content<'m> {
        loop {
            match ty {
                TypeRef::Option(inner) => {
                    via.push(Via::Option);
                    ty = inner;
                }
                TypeRef::Boxed(inner) => {
                    via.push(Via::Box);
                    ty = inner;
                }
                TypeRef::Named(id) => match self.within_type(*id, via) {
                    Ok(inner) => ty = inner,
                    Err(content) => return content,
                },
                TypeRef::Bool => return Content::Bool,
                TypeRef::Int(int) => return Content::Int(*int),
                TypeRef::Float(_) => return Content::Float,
                TypeRef::String => return Content::Text(TextOf::String),
                TypeRef::Builtin(Builtin::IntOrString) => return Content::IntOrString,
                TypeRef::Builtin(_) => return Content::Other,
                TypeRef::List(inner) | TypeRef::Array(inner, _) => return Content::List(inner),
                TypeRef::Map { kind: _, key, value } => return Content::Map { key, value },
            }
        }
    }

    /// What is in a newtype, or what the type is.
    fn within_type(&self, id: TypeId, via: &mut Vec<Via<'m>>) -> Result<&'m TypeRef, Content<'m>> {
        let def = self.model.ty(id);
        match &def.shape {
            Shape::Newtype(inner) if via.len() < DEEPEST => {
                via.push(Via::Newtype(def.newtype_field()));
                Ok(inner)
            }
            Shape::Newtype(_) => Err(Content::Other),
            Shape::Struct(fields) => Err(Content::Struct(id, fields)),
            Shape::Enum(_) if has_names(def) => Err(Content::Text(TextOf::Enum)),
            Shape::Enum(_) => Err(Content::Other),
            Shape::Union(union) => Err(Content::Union(id, union)),
        }
    }

    /// The rules of a value's own type, and of the types of what it holds.
    pub(super) fn below(&self, ty: &'m TypeRef, facts: Option<&'m Facts>) -> Vec<Step<'m>> {
        if !self.validated.has(ty) || facts.is_some_and(Facts::is_opaque) {
            return Vec::new();
        }
        let each = facts.and_then(|facts| facts.each.as_deref());
        match ty {
            TypeRef::Named(_) => vec![Step::Validate],
            TypeRef::Boxed(inner) => inside(Via::Box, self.below(inner, facts)),
            TypeRef::Option(inner) => {
                let some = self.below(inner, facts);
                wrapped(some, |some| Step::Option { some, required: false })
            }
            TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                let by = self.correlation(inner, facts.and_then(Facts::identity));
                wrapped(self.below(inner, each), |steps| Step::Elements { by, steps })
            }
            TypeRef::Map { kind: _, key, value } => {
                let each_key = facts.and_then(|facts| facts.each_key.as_deref());
                let text = self.key_text(key);
                let keys = wrapped(self.below(key, each_key), |steps| Step::Keys {
                    key: text.clone(),
                    steps,
                });
                let ratchet = self.model.is_comparable(value);
                let entries = wrapped(self.below(value, each), |steps| Step::Entries {
                    key: text.clone(),
                    ratchet,
                    steps,
                });
                keys.into_iter().chain(entries).collect()
            }
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String | TypeRef::Builtin(_) => Vec::new(),
        }
    }

    /// What is said of each element or value.
    pub(super) fn each(&self, content: Content<'m>, facts: &'m Facts, each: &'m Facts) -> Vec<Step<'m>> {
        match content {
            Content::List(element) => {
                let by = self.correlation(element, facts.identity());
                let steps = self.place(element, each, Need::NOTHING);
                wrapped(steps, |steps| Step::Elements { by, steps })
            }
            Content::Map { key, value } => {
                let steps = self.place(value, each, Need::NOTHING);
                wrapped(steps, |steps| Step::Entries {
                    key: self.key_text(key),
                    ratchet: self.model.is_comparable(value),
                    steps,
                })
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn each_key(&self, content: Content<'m>, each_key: &'m Facts) -> Vec<Step<'m>> {
        let Content::Map { key, value: _ } = content else {
            return Vec::new();
        };
        let steps = self.place(key, each_key, Need::NOTHING);
        wrapped(steps, |steps| Step::Keys {
            key: self.key_text(key),
            steps,
        })
    }

    /// That elements are unique.
    pub(super) fn unique(&self, content: Content<'m>, facts: &'m Facts) -> Vec<Step<'m>> {
        let (Content::List(element), Some(by)) = (content, facts.checked_identity()) else {
            return Vec::new();
        };
        match self.identity(element, Some(by)) {
            Correlation::None => Vec::new(),
            Correlation::Set => vec![call("rules::unique_set", [Argument::List])],
            Correlation::Keys(keys) => vec![call("rules::unique_map", [Argument::List, Argument::KeyOf(keys)])],
        }
    }

    /// How the elements of a list find the ones that they replace.
    pub(super) fn correlation(&self, element: &'m TypeRef, by: Option<&'m ListType>) -> Correlation<'m> {
        if self.model.is_comparable(element) {
            self.identity(element, by)
        } else {
            Correlation::None
        }
    }

    /// By what the elements of a list are told apart.
    fn identity(&self, element: &'m TypeRef, by: Option<&'m ListType>) -> Correlation<'m> {
        match by {
            Some(ListType::Map(keys)) => {
                let keys: Option<Vec<_>> = keys.iter().map(|key| self.key(element, key)).collect();
                keys.map_or(Correlation::None, Correlation::Keys)
            }
            Some(ListType::Set) if self.model.is_comparable(element) => Correlation::Set,
            Some(ListType::Set | ListType::Atomic) | None => Correlation::None,
        }
    }

    /// A key of an element; `None` if it cannot be reached or compared.
    fn key(&self, element: &'m TypeRef, wire: &str) -> Option<Key<'m>> {
        let (way, field) = self.way_to_member(element, wire)?;
        let (via, content) = self.way_to_content(field.ty.without_option());
        let inner = plain_way(&via)?;
        let form = match content {
            Content::Bool | Content::Int(_) => KeyForm::Copy(inner),
            Content::Text(TextOf::String) => KeyForm::Text(inner),
            Content::Text(TextOf::Enum) => KeyForm::Name(inner),
            _ => return None,
        };
        Some(Key {
            way,
            is_option: field.ty.is_option(),
            form,
        })
    }

    /// How the keys of a map are written.
    pub(super) fn key_text(&self, key: &'m TypeRef) -> KeyText<'m> {
        let (via, content) = self.way_to_content(key);
        match (content, plain_way(&via)) {
            (Content::Text(TextOf::Enum), Some(way)) => KeyText::Other {
                way,
                text: TextOf::Enum,
            },
            (_, Some(way)) if !way.is_empty() => KeyText::Other {
                way,
                text: TextOf::String,
            },
            _ => KeyText::String,
        }
    }

    /// The way to a member of an object, and the member, if everything on the way is always there.
    pub(super) fn way_to_member(&self, ty: &'m TypeRef, wire: &str) -> Option<(Way<'m>, &'m Field)> {
        let (via, content) = self.way_to_content(ty);
        let Content::Struct(_, fields) = content else {
            return None;
        };
        let way = plain_way(&via)?;
        fields.iter().find_map(|field| match field.layout {
            FieldLayout::Member if field.wire == wire => Some(([way.clone(), vec![&field.name]].concat(), field)),
            FieldLayout::Flattened if !field.ty.is_option() => {
                let (inner, member) = self.way_to_member(&field.ty, wire)?;
                Some(([way.clone(), vec![&field.name], inner].concat(), member))
            }
            FieldLayout::Member | FieldLayout::Flattened | FieldLayout::Skipped => None,
        })
    }
}

/// The fields on a way without anything that may be absent. Boxes need no word.
pub(super) fn plain_way<'m>(via: &[Via<'m>]) -> Option<Way<'m>> {
    let mut way = Way::new();
    for step in via {
        match step {
            Via::Newtype(field) => way.push(field),
            Via::Box => {}
            Via::Option | Via::Int | Via::String => return None,
        }
    }
    Some(way)
}

/// Whether an enum says its names: kgen writes its serde.
fn has_names(def: &TypeDef) -> bool {
    def.origin == Origin::Source && def.is_generated()
}
