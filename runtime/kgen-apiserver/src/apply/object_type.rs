//! JSON values seen through their type: which fields they have, how two differ, and what one makes of the other.
//!
//! [`ObjectType::validate`] comes first, for every value. What the other operations meet that does not fit the type, or
//! is nested too deeply, is one value to them.

mod compare;
mod errors;
mod extract;
mod fields;
mod items;
mod merge;
mod reconcile;
mod remove;
mod validate;

use std::sync::{Arc, LazyLock};

use serde_json::Value;

use super::schema::{InvalidSchema, List, Map, Scalar, Schema, Type, TypeId};

pub use self::compare::Comparison;
pub use self::errors::{TypeError, TypeErrors};
pub use self::validate::Duplicates;

/// The type of a kind's objects.
#[derive(Clone, Debug)]
pub struct ObjectType {
    schema: Arc<Schema>,
    root: TypeId,
}

/// The form that a value has, of those that its type allows.
#[derive(Clone, Copy)]
enum Shape<'s> {
    Scalar(Scalar),
    List(&'s List),
    Map(&'s Map),
}

impl Shape<'_> {
    fn is_same(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

impl ObjectType {
    /// The type of a kind of a schema, by its `apiVersion` and `kind`.
    pub fn of_kind(schema: &Arc<Schema>, api_version: &str, kind: &str) -> Option<Self> {
        Some(Self {
            root: schema.root(api_version, kind)?,
            schema: Arc::clone(schema),
        })
    }

    /// The type that the `openAPIV3Schema` of a CRD describes.
    pub fn from_crd(schema: &Value) -> Result<Self, InvalidSchema> {
        let (schema, root) = Schema::from_crd(schema)?;
        Ok(Self {
            schema: Arc::new(schema),
            root,
        })
    }

    /// The type of objects of which nothing is known: maps are merged by their members, and lists are one value.
    pub fn deduced() -> Self {
        static SCHEMA: LazyLock<Arc<Schema>> = LazyLock::new(|| Arc::new(Schema::deduced()));
        Self {
            schema: Arc::clone(&SCHEMA),
            root: Schema::DEDUCED,
        }
    }

    /// The form of a value. One that does not fit has the first form that its type has; so has `null`, which fits all.
    fn shape(&self, ty: TypeId, value: Option<&Value>) -> Option<Shape<'_>> {
        let Type { scalar, list, map } = self.schema.ty(ty);
        let (scalar, list, map) = (
            scalar.map(Shape::Scalar),
            list.as_ref().map(Shape::List),
            map.as_ref().map(Shape::Map),
        );
        let own = match value {
            Some(Value::Bool(_) | Value::Number(_) | Value::String(_)) => scalar,
            Some(Value::Array(_)) => list,
            Some(Value::Object(_)) => map,
            Some(Value::Null) | None => None,
        };
        own.or(map).or(scalar).or(list)
    }
}
