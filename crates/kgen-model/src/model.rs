//! The resolved model: what an API is, with every name looked up and every default decided. Generators read it and
//! nothing else.

mod client;
mod conversion;
mod field;
mod resource;
mod type_def;
mod type_ref;
mod variant;
mod verb;
mod version;

use crate::once::Conclusions;
use crate::schemars::Definition;

pub use client::{ClientFacts, ClientMethod};
pub use conversion::{Converts, FieldConversion, Lost, VariantConversion};
pub use field::{Field, FieldLayout, Presence};
pub use resource::{
    Column, ConversionWebhook, KubeDerive, KubeSchema, Resource, RoleFields, Scale, Scope, Subresources, WebhookService,
};
pub use type_def::{Declaration, Origin, SerdeOwner, Shape, TypeDef};
pub use type_ref::{Builtin, Float, Int, MapKind, TypeRef};
pub use variant::{EnumDef, EnumVariant, Exclusion, UnionDef, UnionRepr, UnionVariant};
pub use verb::Verb;
pub use version::{ApiVersion, Deprecation, Lifecycle};

/// A whole API: all groups and versions of one crate.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Model {
    /// The versions, in the order of their modules.
    pub versions: Vec<ApiVersion>,
    /// All types: the crate's own in the order of their modules and lines, then those of Kubernetes that they use.
    pub types: Vec<TypeDef>,
    /// The kinds of all versions, by group, kind, then version.
    pub resources: Vec<Resource>,
    /// The types of kinds that kube-derive makes, as schemars sees them.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub schemars: Vec<Definition>,
    /// What was worked out from all of this.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) conclusions: Conclusions,
}

/// The index of a type in [`Model::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TypeId(pub u32);

/// The index of a version in [`Model::versions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct VersionId(pub u32);

impl Model {
    /// The type behind an id.
    ///
    /// # Panics
    /// On an id of another model.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0 as usize]
    }

    /// The version behind an id.
    ///
    /// # Panics
    /// On an id of another model.
    #[must_use]
    pub fn version(&self, id: VersionId) -> &ApiVersion {
        &self.versions[id.0 as usize]
    }

    /// The types with their ids.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        (0..).map(TypeId).zip(&self.types)
    }

    /// The types of the person's crate, which generated code implements traits for.
    pub fn source_types(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types().filter(|(_, ty)| ty.origin == Origin::Source)
    }

    /// The modules that hold types of the person's crate, in order and without repetition.
    #[must_use]
    pub fn modules(&self) -> Vec<&[String]> {
        let mut modules: Vec<&[String]> = self.source_types().map(|(_, ty)| ty.module.as_slice()).collect();
        modules.sort_unstable();
        modules.dedup();
        modules
    }

    /// The types that one module of the person's crate holds, in the order of their lines.
    pub fn types_in<'a>(&'a self, module: &'a [String]) -> impl Iterator<Item = (TypeId, &'a TypeDef)> {
        self.source_types().filter(move |(_, ty)| ty.module == module)
    }

    /// The kind whose struct this is.
    #[must_use]
    pub fn resource_of(&self, ty: TypeId) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.ty == ty)
    }

    /// Looks through newtypes, boxes and options to what is on the wire.
    #[must_use]
    pub fn wire_type<'a>(&'a self, mut ty: &'a TypeRef) -> &'a TypeRef {
        loop {
            ty = match ty {
                TypeRef::Option(inner) | TypeRef::Boxed(inner) => inner,
                TypeRef::Named(id) => match &self.ty(*id).shape {
                    Shape::Newtype(inner) => inner,
                    Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => return ty,
                },
                TypeRef::Bool
                | TypeRef::Int(_)
                | TypeRef::Float(_)
                | TypeRef::String
                | TypeRef::Builtin(_)
                | TypeRef::List(_)
                | TypeRef::Array(..)
                | TypeRef::Map { .. } => return ty,
            };
        }
    }
}
