//! Schemas of the types that Kubernetes defines by their encoding rather than by fields.

use kgen_model::{Builtin, TypeDef};

use crate::schema::{JsonType, Kubernetes, Limits, Logic, Schema};

/// What a quantity looks like in text (`k8s.io/apimachinery/pkg/api/resource`).
const QUANTITY: &str = r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

/// The structural schema of a builtin, as CRDs hold it.
#[must_use]
pub fn structural(builtin: Builtin) -> Schema {
    match builtin {
        Builtin::Time | Builtin::MicroTime => Schema::of_type(JsonType::String).format("date-time"),
        Builtin::Duration => Schema::of_type(JsonType::String),
        Builtin::Quantity => {
            let limits = Limits {
                pattern: Some(QUANTITY.to_owned()),
                ..Limits::default()
            };
            Schema {
                limits,
                ..int_or_string()
            }
        }
        Builtin::IntOrString => int_or_string(),
        Builtin::ByteString => Schema::of_type(JsonType::String).format("byte"),
        Builtin::RawExtension => preserving(Schema::of_type(JsonType::Object)),
        Builtin::Json => preserving(Schema::default()),
        Builtin::EmbeddedObject => {
            let mut schema = preserving(Schema::of_type(JsonType::Object));
            schema.kubernetes.embedded_resource = true;
            schema
        }
        Builtin::FieldsV1 => Schema::of_type(JsonType::Object),
    }
}

pub(super) fn int_or_string() -> Schema {
    let any_of = vec![Schema::of_type(JsonType::Integer), Schema::of_type(JsonType::String)];
    Schema {
        logic: Logic {
            any_of,
            ..Logic::default()
        },
        ..bare_int_or_string()
    }
}

/// Without the keyword that repeats the extension for other readers.
pub(super) fn bare_int_or_string() -> Schema {
    Schema {
        kubernetes: Kubernetes {
            int_or_string: true,
            ..Kubernetes::default()
        },
        ..Schema::default()
    }
}

fn preserving(mut schema: Schema) -> Schema {
    schema.kubernetes.preserve_unknown_fields = true;
    schema
}

/// Whether this is the metadata of objects.
pub(crate) fn is_object_meta(ty: &TypeDef) -> bool {
    ty.schema_name == "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
}

/// The metadata of an object inside of another, such as a template. An API server fills in nothing there, so only what
/// a person sets is kept; a bare `type: object` would prune all of it without a word.
pub(crate) fn embedded_metadata() -> Schema {
    let string = || Schema::of_type(JsonType::String);
    let members = [
        ("annotations", Schema::map(string())),
        ("finalizers", Schema::array(string())),
        ("labels", Schema::map(string())),
        ("name", string()),
        ("namespace", string()),
    ];
    let properties = members
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect();
    Schema {
        properties,
        ..Schema::of_type(JsonType::Object)
    }
}
