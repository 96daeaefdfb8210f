//! The definitions of which Kubernetes publishes a name and no fields: scalars, opaque objects, and three values that
//! are one thing or another.

use super::definition::Reference;
use crate::facts::{Facts, SchemaFacts};
use crate::model::{Builtin, Shape, TypeRef, UnionDef, UnionRepr, UnionVariant};
use crate::span::Span;

const JSON_SCHEMA: &str = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";

/// A definition without fields.
struct Unpublished {
    name: &'static str,
    description: &'static str,
    content: Content,
}

/// What stands behind the name.
enum Content {
    /// A scalar, or any value of some form.
    Builtin(Builtin),
    /// Any value, which the schema calls an object.
    Object,
    /// A JSON schema, or this. The schema says nothing of it. Names are those of k8s-openapi's variants.
    SchemaOr(&'static str, Alternative),
}

enum Alternative {
    Bool,
    Schemas,
    Strings,
}

const UNPUBLISHED: [Unpublished; 14] = [
    Unpublished {
        name: "io.k8s.api.apiserverinternal.v1alpha1.StorageVersionSpec",
        description: "An empty spec.",
        content: Content::Object,
    },
    Unpublished {
        name: "io.k8s.api.scheduling.v1alpha2.BasicSchedulingPolicy",
        description: "Pods are scheduled one by one.",
        content: Content::Object,
    },
    Unpublished {
        name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus",
        description: "That `/status` is served; it has no settings.",
        content: Content::Object,
    },
    Unpublished {
        name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON",
        description: "Any JSON value.",
        content: Content::Builtin(Builtin::Json),
    },
    Unpublished {
        name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray",
        description: "A JSON schema, or several.",
        content: Content::SchemaOr("Schemas", Alternative::Schemas),
    },
    Unpublished {
        name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool",
        description: "A JSON schema, or whether anything is allowed.",
        content: Content::SchemaOr("Bool", Alternative::Bool),
    },
    Unpublished {
        name: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray",
        description: "A JSON schema, or names of members.",
        content: Content::SchemaOr("Strings", Alternative::Strings),
    },
    Unpublished {
        name: "io.k8s.apimachinery.pkg.api.resource.Quantity",
        description: "A number with a unit, such as `500m` or `1Gi`.",
        content: Content::Builtin(Builtin::Quantity),
    },
    Unpublished {
        name: "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1",
        description: "A set of fields: members named `f:<name>`, `k:<keys>`, `v:<value>` or `i:<index>` hold the sets below.",
        content: Content::Builtin(Builtin::FieldsV1),
    },
    Unpublished {
        name: "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime",
        description: "A point in time (RFC 3339) with microseconds.",
        content: Content::Builtin(Builtin::MicroTime),
    },
    // In Rust an enum of the three forms of a patch, which can be written and not read.
    Unpublished {
        name: "io.k8s.apimachinery.pkg.apis.meta.v1.Patch",
        description: "The body of a PATCH request; its form is that of the request's content type.",
        content: Content::Object,
    },
    Unpublished {
        name: "io.k8s.apimachinery.pkg.apis.meta.v1.Time",
        description: "A point in time (RFC 3339) with seconds.",
        content: Content::Builtin(Builtin::Time),
    },
    Unpublished {
        name: "io.k8s.apimachinery.pkg.runtime.RawExtension",
        description: "An object of any kind.",
        content: Content::Builtin(Builtin::RawExtension),
    },
    Unpublished {
        name: "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
        description: "An integer or a string.",
        content: Content::Builtin(Builtin::IntOrString),
    },
];

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    UNPUBLISHED.iter().map(|unpublished| unpublished.name)
}

pub(super) fn name(name: &str) -> Option<&'static str> {
    find(name).map(|unpublished| unpublished.name)
}

/// The scalar that a definition stands for wherever it is used.
pub(super) fn builtin(name: &str) -> Option<Builtin> {
    match find(name)?.content {
        Content::Builtin(builtin) => Some(builtin),
        Content::Object | Content::SchemaOr(..) => None,
    }
}

/// The shape and description of a definition without fields.
pub(super) fn shape(name: &str, reference: &mut Reference<'_>) -> Option<(Shape, &'static str)> {
    let unpublished = find(name)?;
    let shape = match &unpublished.content {
        Content::Builtin(builtin) => Shape::Newtype(TypeRef::Builtin(*builtin)),
        Content::Object => Shape::Newtype(TypeRef::Builtin(Builtin::Json)),
        Content::SchemaOr(variant, alternative) => {
            let schema = TypeRef::Named(reference(JSON_SCHEMA));
            let other = match alternative {
                Alternative::Bool => TypeRef::Bool,
                Alternative::Schemas => TypeRef::List(Box::new(schema.clone())),
                Alternative::Strings => TypeRef::List(Box::new(TypeRef::String)),
            };
            let variants = vec![
                member("Schema", TypeRef::Boxed(Box::new(schema))),
                member(variant, other),
            ];
            Shape::Union(UnionDef {
                repr: UnionRepr::Untagged,
                variants,
            })
        }
    };
    Some((shape, unpublished.description))
}

/// What the schema says instead of what follows from the shape.
pub(super) fn schema(name: &str) -> SchemaFacts {
    match find(name).map(|unpublished| &unpublished.content) {
        Some(Content::Object) => SchemaFacts {
            type_: Some("object".to_owned()),
            ..SchemaFacts::default()
        },
        Some(Content::SchemaOr(..)) => SchemaFacts {
            schemaless: true,
            ..SchemaFacts::default()
        },
        Some(Content::Builtin(_)) | None => SchemaFacts::default(),
    }
}

fn find(name: &str) -> Option<&'static Unpublished> {
    UNPUBLISHED.iter().find(|unpublished| unpublished.name == name)
}

fn member(name: &str, ty: TypeRef) -> UnionVariant {
    UnionVariant {
        name: name.to_owned(),
        wire: name.to_owned(),
        tag: name.to_owned(),
        ty: Some(ty),
        facts: Facts::default(),
        default: false,
        conversion: Default::default(),
        deprecated: None,
        span: Span::default(),
    }
}
