//! What a recorded set means after its schema changed.

use super::ObjectType;
use crate::apply::field_set::{FieldSet, Node};
use crate::apply::path::PathElement;
use crate::apply::schema::{ListMerge, Type, TypeId};

impl ObjectType {
    /// Whoever owned a part of what is one value by now, owns all of it. In the other direction nothing is to be done:
    /// the owner of what was one value keeps the field, and gets its parts with the next write.
    pub(crate) fn reconcile(&self, mut set: FieldSet) -> FieldSet {
        if self.is_outdated(self.root, &set) {
            self.update(self.root, &mut set);
        }
        set
    }

    /// Nearly never true, and cheap to find out.
    fn is_outdated(&self, ty: TypeId, set: &FieldSet) -> bool {
        let ty = self.schema.ty(ty);
        set.nodes().iter().any(|node| match self.below(ty, node) {
            Below::Unknown => false,
            Below::Whole => true,
            Below::Parts(below) => self.is_outdated(below, &node.children),
        })
    }

    fn update(&self, ty: TypeId, set: &mut FieldSet) {
        let ty = self.schema.ty(ty);
        for node in set.nodes_mut() {
            match self.below(ty, node) {
                Below::Unknown => {}
                Below::Whole => {
                    node.is_member = true;
                    node.children = FieldSet::default();
                }
                Below::Parts(below) => self.update(below, &mut node.children),
            }
        }
    }

    /// What the members below a node are to the schema.
    fn below(&self, ty: &Type, node: &Node) -> Below {
        if node.children.is_empty() {
            return Below::Unknown;
        }
        let below = match (ty, &node.element) {
            (Type { map: Some(map), .. }, _) if map.is_untyped => None,
            (Type { map: Some(map), .. }, PathElement::Field(name)) => map.member(name),
            (Type { map: Some(map), .. }, _) => map.others,
            (
                Type {
                    scalar: None,
                    list: Some(list),
                    ..
                },
                _,
            ) => Some(list.items),
            _ => None,
        };
        let Some(below) = below else { return Below::Unknown };
        match self.schema.ty(below) {
            Type { map: Some(map), .. } if map.is_untyped => Below::Unknown,
            Type { map: Some(map), .. } if map.is_atomic => Below::Whole,
            Type { map: Some(_), .. } => Below::Parts(below),
            Type {
                scalar: None,
                list: Some(list),
                ..
            } if matches!(list.merge, ListMerge::Atomic) => Below::Whole,
            Type {
                scalar: None,
                list: Some(_),
                ..
            } => Below::Parts(below),
            Type { .. } => Below::Unknown,
        }
    }
}

enum Below {
    /// Nothing to be done.
    Unknown,
    /// They are one value with the node.
    Whole,
    /// They are fields or items of a type.
    Parts(TypeId),
}
