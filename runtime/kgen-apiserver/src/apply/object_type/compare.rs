//! How two values differ.

use serde_json::{Map as Json, Value};

use super::items::{Group, Index};
use super::{ObjectType, Shape};
use crate::apply::MAX_DEPTH;
use crate::apply::field_set::{FieldSet, Node};
use crate::apply::literal::equal;
use crate::apply::path::PathElement;
use crate::apply::schema::{List, ListMerge, Map, TypeId};

/// How a value differs from an earlier one. No path is in two of the sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What only the earlier value has.
    pub removed: FieldSet,
    /// What both have, with different values.
    pub modified: FieldSet,
    /// What only the later value has.
    pub added: FieldSet,
}

impl Comparison {
    /// The comparison without these fields and all that is below them.
    pub(crate) fn without(self, fields: &FieldSet) -> Self {
        Self {
            removed: self.removed.recursive_difference(fields),
            modified: self.modified.recursive_difference(fields),
            added: self.added.recursive_difference(fields),
        }
    }

    fn push(&mut self, element: PathElement, found: Found) {
        let Found {
            removed,
            modified,
            added,
            below,
        } = found;
        if let Some(node) = Node::some(element.clone(), removed, below.removed) {
            self.removed.push(node);
        }
        if let Some(node) = Node::some(element.clone(), modified, below.modified) {
            self.modified.push(node);
        }
        if let Some(node) = Node::some(element, added, below.added) {
            self.added.push(node);
        }
    }
}

/// How two values at a path differ: at the path itself, and below it.
#[derive(Default)]
struct Found {
    removed: bool,
    modified: bool,
    added: bool,
    below: Comparison,
}

impl Found {
    fn leaf(left: Option<&Value>, right: Option<&Value>) -> Self {
        let modified = left.zip(right).is_some_and(|(left, right)| !equal(left, right));
        Self {
            removed: right.is_none(),
            added: left.is_none(),
            modified,
            below: Comparison::default(),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            removed: self.removed || other.removed,
            modified: self.modified || other.modified,
            added: self.added || other.added,
            below: Comparison {
                removed: self.below.removed.union(&other.below.removed),
                modified: self.below.modified.union(&other.below.modified),
                added: self.below.added.union(&other.below.added),
            },
        }
    }
}

impl ObjectType {
    /// Tells what became of `left` in `right`. The order of items in lists that are merged by them is no difference.
    pub fn compare(&self, left: &Value, right: &Value) -> Comparison {
        self.differ(self.root, Some(left), Some(right), 0).below
    }

    fn differ(&self, ty: TypeId, left: Option<&Value>, right: Option<&Value>, depth: usize) -> Found {
        if depth > MAX_DEPTH {
            return Found::leaf(left, right);
        }
        let found = match (self.shape(ty, left), self.shape(ty, right)) {
            (Some(shape), _) if right.is_none() => self.differ_as(shape, left, right, depth),
            (_, Some(shape)) if left.is_none() => self.differ_as(shape, left, right, depth),
            (Some(before), Some(after)) if before.is_same(after) => self.differ_as(after, left, right, depth),
            // What was of one form is now of another.
            (Some(before), Some(after)) => self
                .differ_as(before, left, right, depth)
                .and(self.differ_as(after, left, right, depth)),
            (None, _) | (_, None) => Found::leaf(left, right),
        };
        Found {
            removed: found.removed || right.is_none(),
            added: found.added || left.is_none(),
            ..found
        }
    }

    fn differ_as(&self, shape: Shape<'_>, left: Option<&Value>, right: Option<&Value>, depth: usize) -> Found {
        let below = match shape {
            Shape::Scalar(_) => return Found::leaf(left, right),
            Shape::List(list) => {
                let (before, after) = (items(left), items(right));
                if matches!(list.merge, ListMerge::Atomic) || before.is_empty() && after.is_empty() {
                    return Found::leaf(left, right);
                }
                self.differ_items(list, before, after, depth)
            }
            Shape::Map(map) => {
                let (before, after) = (members(left), members(right));
                let is_empty = |members: Option<&Json<String, Value>>| members.is_none_or(Json::is_empty);
                if map.is_atomic || is_empty(before) && is_empty(after) {
                    return Found::leaf(left, right);
                }
                self.differ_members(map, before, after, depth)
            }
        };
        Found {
            below,
            ..Found::default()
        }
    }

    fn differ_members(
        &self,
        map: &Map,
        left: Option<&Json<String, Value>>,
        right: Option<&Json<String, Value>>,
        depth: usize,
    ) -> Comparison {
        let mut out = Comparison::default();
        let before = left.into_iter().flatten();
        let pairs = before.map(|(name, value)| (name, Some(value), right.and_then(|right| right.get(name))));
        let after = right
            .into_iter()
            .flatten()
            .filter(|(name, _)| left.is_none_or(|left| !left.contains_key(*name)));
        for (name, before, after) in pairs.chain(after.map(|(name, value)| (name, None, Some(value)))) {
            let found = match map.member(name) {
                Some(ty) => self.differ(ty, before, after, depth + 1),
                None => Found::leaf(before, after),
            };
            if found.is_any() {
                out.push(PathElement::field(name), found);
            }
        }
        out
    }

    fn differ_items(&self, list: &List, left: &[Value], right: &[Value], depth: usize) -> Comparison {
        let mut out = Comparison::default();
        let (left, right) = (self.index(list, left), self.index(list, right));
        let new = right
            .groups()
            .map(|(element, _)| element)
            .filter(|element| !left.has(element));
        for element in left.groups().map(|(element, _)| element).chain(new) {
            let found = self.differ_item(list, element, &left, &right, depth);
            if found.is_any() {
                out.push(element.clone(), found);
            }
        }
        out
    }

    /// Compares the items of one name. Several of them are one value, and when they become one item or come from one,
    /// that item goes and comes as a whole.
    fn differ_item(
        &self,
        list: &List,
        element: &PathElement,
        left: &Index<'_>,
        right: &Index<'_>,
        depth: usize,
    ) -> Found {
        let one = |before: Option<&Value>, after: Option<&Value>| self.differ(list.items, before, after, depth + 1);
        match (left.get(element), right.get(element)) {
            (Group::None, Group::None) => Found::default(),
            (Group::None, Group::One(after)) => one(None, Some(after)),
            (Group::One(before), Group::None) => one(Some(before), None),
            (Group::One(before), Group::One(after)) => one(Some(before), Some(after)),
            (Group::None, Group::Many(_)) => Found {
                added: true,
                ..Found::default()
            },
            (Group::One(before), Group::Many(_)) => Found {
                added: true,
                ..one(Some(before), None)
            },
            (Group::Many(_), Group::None) => Found {
                removed: true,
                ..Found::default()
            },
            (Group::Many(_), Group::One(after)) => Found {
                removed: true,
                ..one(None, Some(after))
            },
            (Group::Many(before), Group::Many(after)) => {
                let is_same = before.len() == after.len()
                    && left
                        .values(before)
                        .zip(right.values(after))
                        .all(|(before, after)| equal(before, after));
                Found {
                    modified: !is_same,
                    ..Found::default()
                }
            }
        }
    }
}

impl Found {
    fn is_any(&self) -> bool {
        let Comparison {
            removed,
            modified,
            added,
        } = &self.below;
        self.removed || self.modified || self.added || !(removed.is_empty() && modified.is_empty() && added.is_empty())
    }
}

fn items(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn members(value: Option<&Value>) -> Option<&Json<String, Value>> {
    value.and_then(Value::as_object)
}
