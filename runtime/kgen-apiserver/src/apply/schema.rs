//! What merging has to know about types: which maps are merged by their members, which lists by their items, and what
//! is one value.

mod object_meta;
mod openapi;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use smol_str::SmolStr;

pub use self::openapi::InvalidSchema;

/// The types of an API, as far as merging has to know them. Types may be recursive.
#[derive(Debug)]
pub struct Schema {
    types: Vec<Type>,
    /// Type of each `apiVersion` and `kind`, for schemas of whole documents.
    roots: HashMap<(String, String), TypeId>,
}

/// A type of a [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TypeId(u32);

/// Which forms a value may have. Usually one; `x-kubernetes-int-or-string` and untyped values have several.
#[derive(Clone, Debug, Default)]
pub(crate) struct Type {
    pub(crate) scalar: Option<Scalar>,
    pub(crate) list: Option<List>,
    pub(crate) map: Option<Map>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    Number,
    String,
    Bool,
    /// Any of them.
    Any,
}

#[derive(Clone, Debug)]
pub(crate) struct List {
    pub(crate) items: TypeId,
    pub(crate) merge: ListMerge,
}

/// How two lists become one.
#[derive(Clone, Debug)]
pub(crate) enum ListMerge {
    /// The new one replaces the old one.
    Atomic,
    /// They are united.
    Set,
    /// Items with the same values in these fields are merged.
    Map(Vec<SmolStr>),
}

#[derive(Clone, Debug)]
pub(crate) struct Map {
    pub(crate) fields: BTreeMap<SmolStr, Field>,
    /// The type of the members that are not fields. Without it there may be none.
    pub(crate) others: Option<TypeId>,
    pub(crate) is_atomic: bool,
    /// Whether nothing is declared. What changed in the schema of such a map cannot be told.
    pub(crate) is_untyped: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) ty: TypeId,
    /// Stands for the field where it is a key of a list and missing.
    pub(crate) default: Option<Value>,
}

impl Map {
    /// The type of a member.
    pub(crate) fn member(&self, name: &str) -> Option<TypeId> {
        self.fields.get(name).map(|field| field.ty).or(self.others)
    }
}

impl Schema {
    /// Whole values, whatever they are.
    pub(crate) const ATOMIC: TypeId = TypeId(0);
    /// Values without a declared type: maps are merged by their members, and lists are whole values.
    pub(crate) const DEDUCED: TypeId = TypeId(1);

    /// The types that every schema has.
    fn builtin() -> Vec<Type> {
        let any = |members: TypeId| Type {
            scalar: Some(Scalar::Any),
            list: Some(List {
                items: Self::ATOMIC,
                merge: ListMerge::Atomic,
            }),
            map: Some(Map {
                fields: BTreeMap::new(),
                others: Some(members),
                is_atomic: members == Self::ATOMIC,
                is_untyped: members == Self::DEDUCED,
            }),
        };
        vec![any(Self::ATOMIC), any(Self::DEDUCED)]
    }

    /// The schema that knows nothing.
    pub(crate) fn deduced() -> Self {
        Self {
            types: Self::builtin(),
            roots: HashMap::new(),
        }
    }

    pub(crate) fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    pub(crate) fn root(&self, api_version: &str, kind: &str) -> Option<TypeId> {
        self.roots.get(&(api_version.to_owned(), kind.to_owned())).copied()
    }

    /// The default of a key field of the items of a list.
    pub(crate) fn key_default(&self, list: &List, name: &str) -> Option<&Value> {
        let map = self.ty(list.items).map.as_ref()?;
        map.fields
            .get(name)?
            .default
            .as_ref()
            .filter(|default| !default.is_null())
    }
}
