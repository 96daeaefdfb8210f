//! What an object becomes when a configuration is applied to it.

use std::collections::BTreeSet;

use serde_json::{Map as Json, Value};

use super::items::{Group, Index};
use super::{ObjectType, Shape};
use crate::apply::MAX_DEPTH;
use crate::apply::path::PathElement;
use crate::apply::schema::{List, ListMerge, Map, TypeId};

static NULL: Value = Value::Null;

impl ObjectType {
    /// The object with what the configuration says. Nothing is taken away, except that the new value of an atomic list
    /// or map replaces the old one. Items stand in the order of the configuration, between those that only the object
    /// has.
    pub fn merge(&self, object: &Value, config: &Value) -> Value {
        self.merged(self.root, Some(object), Some(config), 0)
            .unwrap_or_default()
    }

    fn merged(&self, ty: TypeId, left: Option<&Value>, right: Option<&Value>, depth: usize) -> Option<Value> {
        let kept = || right.or(left).cloned();
        if depth > MAX_DEPTH || left.is_none() || right.is_none() {
            return kept();
        }
        // A new value of another form replaces the old one.
        match self.shape(ty, right) {
            None | Some(Shape::Scalar(_)) => kept(),
            Some(Shape::List(list)) => {
                let items = |value: Option<&Value>| value.and_then(Value::as_array).is_none_or(Vec::is_empty);
                if matches!(list.merge, ListMerge::Atomic) || items(left) && items(right) {
                    return kept();
                }
                self.merged_items(list, left, right, depth)
            }
            Some(Shape::Map(map)) => {
                let (before, after) = (left.and_then(Value::as_object), right.and_then(Value::as_object));
                let is_empty = |members: Option<&Json<String, Value>>| members.is_none_or(Json::is_empty);
                if map.is_atomic || is_empty(before) && is_empty(after) {
                    return kept();
                }
                self.merged_members(map, before, after, depth)
            }
        }
    }

    fn merged_members(
        &self,
        map: &Map,
        left: Option<&Json<String, Value>>,
        right: Option<&Json<String, Value>>,
        depth: usize,
    ) -> Option<Value> {
        let mut out = Json::new();
        let merged = |name: &str, before, after: Option<&Value>| match map.member(name) {
            Some(ty) => self.merged(ty, before, after, depth + 1),
            None => after.or(before).cloned(),
        };
        for (name, before) in left.into_iter().flatten() {
            if let Some(value) = merged(name, Some(before), right.and_then(|right| right.get(name))) {
                out.insert(name.clone(), value);
            }
        }
        for (name, after) in right.into_iter().flatten() {
            if left.is_none_or(|left| !left.contains_key(name))
                && let Some(value) = merged(name, None, Some(after))
            {
                out.insert(name.clone(), value);
            }
        }
        (!out.is_empty()).then_some(Value::Object(out))
    }

    fn merged_items(&self, list: &List, left: Option<&Value>, right: Option<&Value>, depth: usize) -> Option<Value> {
        fn items(value: Option<&Value>) -> &[Value] {
            value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
        }
        let (left, right) = (self.index(list, items(left)), self.index(list, items(right)));
        let order = interleave(&left, &right);
        let merged = order
            .into_iter()
            .filter_map(|(before, after)| self.merged(list.items, before, after, depth + 1));
        let merged: Vec<Value> = merged.collect();
        (!merged.is_empty()).then_some(Value::Array(merged))
    }
}

/// Pairs of the items that two lists share, and the others alone, in the order of the merged list.
///
/// Items of the object stay before the next shared item that they stood before; shared items stand as in the
/// configuration. Of several items of one name in the object, none is merged with.
fn interleave<'v>(left: &Index<'v>, right: &Index<'v>) -> Vec<(Option<&'v Value>, Option<&'v Value>)> {
    let is_shared = |element: &PathElement| left.has(element);
    let partner = |element: &PathElement| match left.get(element) {
        Group::None => None,
        Group::One(only) => Some(only),
        Group::Many(_) => Some(&NULL),
    };
    let mut shared = right
        .order
        .iter()
        .map(|(element, _)| element)
        .filter(|element| is_shared(element))
        .peekable();
    let (mut lefts, mut rights) = (left.order.iter().peekable(), right.order.iter().peekable());
    let mut done = BTreeSet::new();
    let mut out = Vec::with_capacity(left.order.len().max(right.order.len()));
    loop {
        if let (Some((element, _)), Some((next, _))) = (lefts.peek(), rights.peek())
            && element != next
            && right.has(element)
            && shared.peek().is_some_and(|next| *next != element)
        {
            // Shared, and its turn comes later.
            lefts.next();
            continue;
        }
        if let Some((element, before)) = lefts.peek() {
            if !right.has(element) {
                out.push((Some(*before), None));
                lefts.next();
                continue;
            }
            if done.contains(element) || rights.peek().is_some_and(|(next, _)| next == element) {
                lefts.next();
            }
        }
        match rights.next() {
            Some((element, after)) => {
                out.push((partner(element), Some(*after)));
                done.insert(element);
                shared.next_if(|next| *next == element);
            }
            None if lefts.peek().is_none() => return out,
            None => {}
        }
    }
}
