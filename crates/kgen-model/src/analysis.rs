//! What follows from the model for everyone who fills values in or checks them: which types have a default, how structs
//! are read, what an absent field holds, and which types have anything to validate.

mod defaulted;
mod features;
mod members;
mod presence;
mod validated;

pub use defaulted::Defaulted;
pub use members::{Member, member, members};
pub use presence::{SetTest, Zero};
pub use validated::Validated;

use std::collections::BTreeSet;

use crate::literal::Literal;
use crate::model::{
    ApiVersion, Builtin, Field, FieldLayout, Model, Origin, SerdeOwner, Shape, TypeDef, TypeId, TypeRef, VersionId,
};

/// What code can do with the values of a type. An author switches it off by its word: `generate(validation = false)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capability {
    /// Convert them to other versions.
    Conversion,
    /// Fill in what is absent.
    Defaults,
    /// Tell whether they are legal.
    Validation,
}

impl Capability {
    /// The word that switches it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Conversion => "conversion",
            Self::Defaults => "defaults",
            Self::Validation => "validation",
        }
    }
}

impl TypeDef {
    /// Whether code for this is wanted.
    #[must_use]
    pub fn can(&self, capability: Capability) -> bool {
        self.generates(capability.word())
    }
}

/// The word that switches OpenAPI documents off: `generate(openapi = false)`.
pub const OPENAPI: &str = "openapi";

/// Arrays up to this length have a `Default` in std and are known to serde.
pub const LONGEST_ARRAY: u64 = 32;

impl Model {
    /// The versions that a server offers and that have an OpenAPI document.
    #[must_use]
    pub fn documented_versions(&self) -> Vec<VersionId> {
        let has_document =
            |version: &ApiVersion| version.served && version.generate.get(OPENAPI).copied().unwrap_or(true);
        let versions = (0..).map(VersionId).zip(&self.versions);
        versions
            .filter(|(_, version)| has_document(version))
            .map(|(id, _)| id)
            .collect()
    }

    /// The default that holds for a field: its own, else that of its type. `null` is none.
    #[must_use]
    pub fn default_of<'a>(&'a self, field: &'a Field) -> Option<&'a Literal> {
        let own = field.facts.default.as_ref();
        let default = match field.layout {
            FieldLayout::Member => own.or_else(|| self.default_of_type(&field.ty)),
            FieldLayout::Flattened | FieldLayout::Skipped => None,
        };
        default.filter(|default| **default != Literal::Null)
    }

    fn default_of_type<'a>(&'a self, ty: &'a TypeRef) -> Option<&'a Literal> {
        let mut seen = BTreeSet::new();
        let mut ty = ty.without_option();
        loop {
            match ty {
                TypeRef::Boxed(inner) => ty = inner,
                TypeRef::Named(id) => {
                    let TypeDef { facts, shape, .. } = self.ty(*id);
                    match (&facts.default, shape) {
                        (Some(default), _) => return Some(default),
                        (None, Shape::Newtype(inner)) if seen.insert(*id) => ty = inner,
                        (None, _) => return None,
                    }
                }
                _ => return None,
            }
        }
    }

    /// Whether the Rust type has a `Default`.
    #[must_use]
    pub fn has_default(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String => true,
            TypeRef::Option(_) | TypeRef::List(_) | TypeRef::Map { .. } => true,
            TypeRef::Builtin(builtin) => builtin.has_default(),
            TypeRef::Named(id) => self.type_has_default(*id),
            TypeRef::Boxed(inner) => self.has_default(inner),
            TypeRef::Array(_, 0) => true,
            TypeRef::Array(inner, length) => *length <= LONGEST_ARRAY && self.has_default(inner),
        }
    }

    /// Whether a type has a `Default`. One that is derived for a generic type wants one of its arguments.
    #[must_use]
    pub fn type_has_default(&self, id: TypeId) -> bool {
        let ty = self.ty(id);
        let is_plain = ty.origin == Origin::Kubernetes || ty.is_by_hand("Default");
        ty.has_trait("Default") && (is_plain || ty.args.iter().all(|arg| self.has_default(arg)))
    }

    /// Whether a struct is assembled from parts when it is read, since it cannot begin as its default: it has none, or
    /// it holds the fields of something that is read so.
    #[must_use]
    pub fn is_assembled(&self, id: TypeId) -> bool {
        self.assembles(id, &mut BTreeSet::new())
    }

    fn assembles(&self, id: TypeId, seen: &mut BTreeSet<TypeId>) -> bool {
        let ty = self.ty(id);
        let Some(fields) = ty.generated_fields().filter(|_| seen.insert(id)) else {
            return false;
        };
        let mut flattened = fields.iter().filter(|field| field.layout == FieldLayout::Flattened);
        let is_so = |field: &Field| match unboxed(field.ty.without_option()) {
            TypeRef::Named(child) if matches!(self.ty(*child).shape, Shape::Union(_)) => true,
            TypeRef::Named(child) => self.assembles(*child, seen),
            _ => false,
        };
        !self.type_has_default(id) || flattened.any(is_so)
    }

    /// Whether what a struct holds when no field is given differs from its default, so that it has a `start`: a plain
    /// field has a declared default, or a type that has a start.
    #[must_use]
    pub fn has_start(&self, id: TypeId) -> bool {
        self.starts(id, &mut BTreeSet::new())
    }

    fn starts(&self, id: TypeId, seen: &mut BTreeSet<TypeId>) -> bool {
        if !seen.insert(id) || self.is_assembled(id) {
            return false;
        }
        let fields = self.ty(id).generated_fields().unwrap_or_default();
        let mut plain = fields
            .iter()
            .filter(|field| field.layout != FieldLayout::Skipped && !field.ty.is_option());
        plain.any(|field| self.default_of(field).is_some() || self.type_starts(&field.ty, seen))
    }

    fn type_starts(&self, ty: &TypeRef, seen: &mut BTreeSet<TypeId>) -> bool {
        let TypeRef::Named(id) = unboxed(ty) else { return false };
        let def = self.ty(*id);
        match &def.shape {
            Shape::Newtype(inner) if self.begins_as_inner(*id) => seen.insert(*id) && self.type_starts(inner, seen),
            Shape::Struct(_) => self.starts(*id, seen),
            Shape::Newtype(_) | Shape::Enum(_) | Shape::Union(_) => false,
        }
    }

    /// Whether a newtype that is not given holds what its inner type would hold then.
    #[must_use]
    pub fn begins_as_inner(&self, id: TypeId) -> bool {
        let ty = self.ty(id);
        ty.is_generated() && self.type_has_default(id) && !ty.is_by_hand("Default")
    }
}

impl TypeDef {
    /// Whether a trait is implemented by hand.
    #[must_use]
    pub fn is_by_hand(&self, name: &str) -> bool {
        self.by_hand.iter().any(|have| have == name)
    }

    /// Whether kgen writes its serde.
    #[must_use]
    pub fn is_generated(&self) -> bool {
        self.origin == Origin::Source && self.serde == SerdeOwner::Generated
    }

    /// The fields of a struct whose serde kgen writes.
    #[must_use]
    pub fn generated_fields(&self) -> Option<&[Field]> {
        self.fields().filter(|_| self.is_generated())
    }
}

impl Builtin {
    /// Whether its Rust type has a `Default`.
    #[must_use]
    pub fn has_default(self) -> bool {
        match self {
            Self::Time | Self::MicroTime | Self::EmbeddedObject => false,
            Self::Duration | Self::Quantity | Self::IntOrString | Self::ByteString => true,
            Self::RawExtension | Self::Json | Self::FieldsV1 => true,
        }
    }
}

/// The type without boxes around it.
#[must_use]
pub fn unboxed(mut ty: &TypeRef) -> &TypeRef {
    while let TypeRef::Boxed(inner) = ty {
        ty = inner;
    }
    ty
}
