//! How a value of one type becomes a value of another.

use kgen_emit::rust::{Value, path};
use kgen_model::model::Origin;
use kgen_model::{Builtin, Model, Shape, TypeDef, TypeId, TypeRef};

/// How a value of one type becomes a value of another.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// It is the same Rust type.
    Move,
    /// By `ConvertFrom`.
    Convert,
    /// By the text that it is in documents.
    FromText,
    /// As the text that it is in documents.
    ToText,
    /// A quantity from its text.
    ToQuantity,
    /// What an `Option` holds.
    Option(Box<How>),
    /// An empty value becomes `None`.
    Filled(Box<How>),
    /// `None` becomes an empty value.
    OrDefault(Box<How>),
    /// Any value is there.
    Some(Box<How>),
    /// `None` becomes this value.
    Or(Box<How>, Value),
    /// What a box holds.
    Unboxed(Box<How>),
    /// Put into a box.
    Boxed(Box<How>),
    /// What a newtype holds, by the name of its field.
    Unwrapped(String, Box<How>),
    /// Put into a newtype, by its path and the name of its field.
    Wrapped(String, String, Box<How>),
    /// Each item of a list.
    List(Box<How>),
    /// Each item, into an array.
    Array(Box<How>),
    /// Each key and each value of a map.
    Map(Box<How>, Box<How>),
}

/// Both directions: to the hub, and from it.
pub(crate) type Both = (How, How);

/// What a look at two types finds on the way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Types that have to be pairs. `true` for those below lists and maps.
    pub(crate) pairs: Vec<(TypeId, TypeId, bool)>,
}

/// What it means where a plain field is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Absent {
    /// Nothing that the other version could say.
    #[default]
    Unknown,
    /// The same as empty.
    Empty,
    /// Its declared default.
    Value(Value),
}

/// What is known about the fields of both sides besides their types.
#[derive(Clone, Debug, Default)]
pub(crate) struct Looseness {
    pub(crate) version: Absent,
    pub(crate) hub: Absent,
}

impl Absent {
    /// How the other version's `Option` becomes the plain field, from how what it holds does.
    fn plain(&self, inner: How) -> Option<How> {
        match self {
            Self::Unknown => None,
            Self::Empty => Some(How::OrDefault(Box::new(inner))),
            Self::Value(value) => Some(How::Or(Box::new(inner), value.clone())),
        }
    }

    /// How the plain field becomes the other version's `Option`. A default is said there, since the default of that
    /// version may become another one.
    fn option(&self, inner: How) -> Option<How> {
        match self {
            Self::Unknown => None,
            Self::Empty => Some(How::Filled(Box::new(inner))),
            Self::Value(_) => Some(How::Some(Box::new(inner))),
        }
    }

    /// The same of what a box or a newtype holds.
    fn held(self) -> Self {
        match self {
            Self::Value(Value::Boxed(content) | Value::Newtype { content, .. }) => Self::Value(*content),
            Self::Unknown | Self::Value(_) => Self::Unknown,
            Self::Empty => Self::Empty,
        }
    }
}

impl Looseness {
    /// Of what the version's box or newtype holds.
    fn of_version(self) -> Self {
        Self {
            version: self.version.held(),
            ..self
        }
    }

    /// Of what the hub's box or newtype holds.
    fn of_hub(self) -> Self {
        Self {
            hub: self.hub.held(),
            ..self
        }
    }
}

/// How values of the two types become each other. `None` if they do not.
pub(crate) fn both(
    model: &Model,
    version: &TypeRef,
    hub: &TypeRef,
    loose: Looseness,
    found: &mut Found,
) -> Option<Both> {
    match (version, hub) {
        (version, hub) if version == hub => Some((How::Move, How::Move)),
        (TypeRef::Option(version), TypeRef::Option(hub)) => {
            let inner = both(model, version, hub, Looseness::default(), found)?;
            Some(each(inner, How::Option))
        }
        (TypeRef::Option(version), hub) => {
            let (to, from) = both(model, version, hub, Looseness::default(), found)?;
            Some((loose.hub.plain(to)?, loose.hub.option(from)?))
        }
        (version, TypeRef::Option(hub)) => {
            let (to, from) = both(model, version, hub, Looseness::default(), found)?;
            Some((loose.version.option(to)?, loose.version.plain(from)?))
        }
        (TypeRef::Boxed(version), TypeRef::Boxed(hub)) => {
            let inner = both(model, version, hub, loose.of_version().of_hub(), found)?;
            Some(each(inner, |inner| How::Unboxed(Box::new(How::Boxed(inner)))))
        }
        (TypeRef::Boxed(version), hub) => {
            let (to, from) = both(model, version, hub, loose.of_version(), found)?;
            Some((How::Unboxed(Box::new(to)), How::Boxed(Box::new(from))))
        }
        (version, TypeRef::Boxed(hub)) => {
            let (to, from) = both(model, version, hub, loose.of_hub(), found)?;
            Some((How::Boxed(Box::new(to)), How::Unboxed(Box::new(from))))
        }
        (TypeRef::Int(_), TypeRef::Int(_)) | (TypeRef::Float(_), TypeRef::Float(_)) => {
            Some((How::Convert, How::Convert))
        }
        (TypeRef::List(_) | TypeRef::Array(..), _) | (TypeRef::Map { .. }, _) => contained(model, version, hub, found),
        (TypeRef::Named(version), TypeRef::Named(hub)) if is_pair(model, *version, *hub) => {
            found.pairs.push((*version, *hub, false));
            Some((How::Convert, How::Convert))
        }
        (TypeRef::Named(id), hub) if held(model, *id).is_some() => {
            let (to, from) = both(model, held(model, *id)?, hub, loose.of_version(), found)?;
            Some((unwrapped(model.ty(*id), to), wrapped(model.ty(*id), from)))
        }
        (version, TypeRef::Named(id)) if held(model, *id).is_some() => {
            let (to, from) = both(model, version, held(model, *id)?, loose.of_hub(), found)?;
            Some((wrapped(model.ty(*id), to), unwrapped(model.ty(*id), from)))
        }
        (TypeRef::Named(id), TypeRef::String) if is_enum(model, *id) => Some((How::ToText, How::FromText)),
        (TypeRef::String, TypeRef::Named(id)) if is_enum(model, *id) => Some((How::FromText, How::ToText)),
        (TypeRef::Builtin(builtin), TypeRef::String) => Some((How::ToText, of_text(*builtin)?)),
        (TypeRef::String, TypeRef::Builtin(builtin)) => Some((of_text(*builtin)?, How::ToText)),
        _ => None,
    }
}

/// How a text becomes a value that is one in documents. Bytes are left out: nobody knows whether the text is meant to be
/// their base64 or the bytes themselves.
fn of_text(builtin: Builtin) -> Option<How> {
    match builtin {
        Builtin::Time | Builtin::MicroTime | Builtin::Duration => Some(How::FromText),
        Builtin::Quantity => Some(How::ToQuantity),
        Builtin::IntOrString | Builtin::ByteString | Builtin::RawExtension => None,
        Builtin::Json | Builtin::EmbeddedObject | Builtin::FieldsV1 => None,
    }
}

/// What lies in lists, arrays and maps.
fn contained(model: &Model, version: &TypeRef, hub: &TypeRef, found: &mut Found) -> Option<Both> {
    let before = found.pairs.len();
    let mut inner = |version: &TypeRef, hub: &TypeRef| both(model, version, hub, Looseness::default(), found);
    let hows = match (version, hub) {
        (TypeRef::List(version), TypeRef::List(hub)) => each(inner(version, hub)?, How::List),
        (TypeRef::Array(version, from), TypeRef::Array(hub, to)) if from == to => {
            each(inner(version, hub)?, How::Array)
        }
        (TypeRef::List(version), TypeRef::Array(hub, _)) => {
            let (to, from) = inner(version, hub)?;
            (How::Array(Box::new(to)), How::List(Box::new(from)))
        }
        (TypeRef::Array(version, _), TypeRef::List(hub)) => {
            let (to, from) = inner(version, hub)?;
            (How::List(Box::new(to)), How::Array(Box::new(from)))
        }
        (
            TypeRef::Map { kind, key, value },
            TypeRef::Map {
                kind: hub_kind,
                key: hub_key,
                value: hub_value,
            },
        ) => {
            let ((key_to, key_from), (to, from)) = (inner(key, hub_key)?, inner(value, hub_value)?);
            let keeps_keys = kind == hub_kind && key == hub_key;
            if keeps_keys && to == How::Convert && from == How::Convert {
                (How::Convert, How::Convert)
            } else {
                let map = |key: How, value: How| How::Map(Box::new(key), Box::new(value));
                (map(key_to, to), map(key_from, from))
            }
        }
        _ => return None,
    };
    found.pairs[before..]
        .iter_mut()
        .for_each(|(_, _, is_below)| *is_below = true);
    Some(hows)
}

/// What is converted by the trait alone is so in a container of the same sort as well.
fn each((to, from): Both, around: impl Fn(Box<How>) -> How) -> Both {
    let by = |how: How| match how {
        How::Convert => How::Convert,
        other => around(Box::new(other)),
    };
    (by(to), by(from))
}

/// Whether two types are converted by parts or by a person's own function. Nobody can convert between two types of
/// Kubernetes in a crate of their own.
fn is_pair(model: &Model, version: TypeId, hub: TypeId) -> bool {
    let (version, hub) = (model.ty(version), model.ty(hub));
    let is_own = version.origin == Origin::Source || hub.origin == Origin::Source;
    let is_alike = match (&version.shape, &hub.shape) {
        (Shape::Struct(_), Shape::Struct(_)) | (Shape::Newtype(_), Shape::Newtype(_)) => true,
        (Shape::Enum(_), Shape::Enum(_)) | (Shape::Union(_), Shape::Union(_)) => true,
        (Shape::Struct(_) | Shape::Newtype(_) | Shape::Enum(_) | Shape::Union(_), _) => false,
    };
    is_own && (is_alike || version.convert_with.is_some() || is_by_hand(version) || is_by_hand(hub))
}

/// Whether a person implements the conversion of a type.
pub(crate) fn is_by_hand(ty: &TypeDef) -> bool {
    ty.by_hand.iter().any(|name| name == "ConvertFrom") || !ty.generates(crate::NAME)
}

fn held(model: &Model, id: TypeId) -> Option<&TypeRef> {
    match &model.ty(id).shape {
        Shape::Newtype(inner) => Some(inner),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => None,
    }
}

fn is_enum(model: &Model, id: TypeId) -> bool {
    matches!(model.ty(id).shape, Shape::Enum(_))
}

fn unwrapped(ty: &TypeDef, inner: How) -> How {
    How::Unwrapped(ty.newtype_field().to_owned(), Box::new(inner))
}

fn wrapped(ty: &TypeDef, inner: How) -> How {
    How::Wrapped(path(ty), ty.newtype_field().to_owned(), Box::new(inner))
}
