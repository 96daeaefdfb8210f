//! What schemars' and kube's derives are told about the types of a kind that kube-derive makes: facts only. What
//! schemas follow from them is for those to say who write schemas.

use crate::facts::{CelRule, Facts, ListType, MapType};
use crate::literal::Literal;
use crate::report::Diagnostic;
use crate::span::Span;

/// The index of a definition in [`crate::Model::schemars`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DefinitionId(pub u32);

/// One type that has a schema of schemars.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Definition {
    /// What schemars calls it; only the root of a schema shows it.
    pub name: String,
    /// What is there for people.
    pub about: About,
    /// What it consists of.
    pub body: Body,
    /// Whether it is nothing but what it holds (`#[serde(transparent)]`), with nothing said on top.
    pub transparent: bool,
    /// Rules of the whole value, which `KubeSchema` adds.
    pub rules: Vec<CelRule>,
    /// What markers say on top.
    pub stated: Facts,
    /// Where its name stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
    /// What the source does not tell of its schema. It matters where the schema is wanted.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub unknown: Vec<Diagnostic>,
}

/// What is there for people, and what is added word by word.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct About {
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// `examples`
    pub examples: Vec<Literal>,
    /// Keywords and their values, which replace those of the same name.
    pub extensions: Vec<(String, Literal)>,
}

/// What a type or variant consists of.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Body {
    /// Another type's schema stands for it.
    Type(Type),
    /// Nothing, which is written as `null`.
    Unit,
    /// One value, written as that value.
    Newtype(Box<Field>),
    /// Several unnamed values.
    Tuple(Vec<Field>),
    /// Named fields.
    Struct(Members),
    /// One of several variants.
    Enum(Union),
    /// Nothing in the source tells.
    Unknown,
}

/// Named fields.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Members {
    /// The fields that have a schema, in the order of declaration.
    pub fields: Vec<Field>,
    /// Set by `deny_unknown_fields`.
    pub closed: bool,
}

/// One of several variants.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Union {
    /// How the variant is told.
    pub tag: Tag,
    /// The variants, in the order of declaration.
    pub variants: Vec<Variant>,
    /// Set by `deny_unknown_fields`.
    pub closed: bool,
}

/// How JSON tells which variant a value is of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Tag {
    /// By the name of the only member, or the string.
    External,
    /// By a member beside the variant's own.
    Internal(String),
    /// By a member beside another that holds the content.
    Adjacent {
        /// The tag's name.
        tag: String,
        /// The content's name.
        content: String,
    },
    /// By its shape.
    Untagged,
}

/// One variant.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Variant {
    /// The Rust name.
    pub name: String,
    /// The name in JSON.
    pub wire: String,
    /// Whether it alone has no tag.
    pub untagged: bool,
    /// Whether nothing but its name was said of it, documentation included.
    pub plain: bool,
    /// What is there for people.
    pub about: About,
    /// What it carries.
    pub body: Body,
}

/// A field, with a name or without.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Field {
    /// The Rust name; the index of an unnamed field.
    pub name: String,
    /// The name in JSON.
    pub wire: String,
    /// The type whose schema counts.
    pub ty: Type,
    /// What is there for people.
    pub about: About,
    /// What values are legal.
    pub checks: Checks,
    /// Set by `required`: an `Option` that must be there.
    pub required: bool,
    /// Whether serde takes an absent field for its default.
    pub defaulted: bool,
    /// Whether its members stand in the parent.
    pub flatten: bool,
    /// The default, as JSON.
    pub default: Option<Literal>,
    /// The function that tells whether serde leaves the field out.
    pub skip_if: Option<String>,
    /// Whether serde never writes it.
    pub read_only: bool,
    /// Rules that `KubeSchema` adds.
    pub rules: Vec<CelRule>,
    /// How it merges, as `KubeSchema` adds it.
    pub merge: Option<Merge>,
    /// What markers say on top.
    pub stated: Facts,
    /// Where its name stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// What values are legal, as schemars' attributes say it.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Checks {
    /// Least and greatest length of a string or list.
    pub length: (Option<Literal>, Option<Literal>),
    /// Least and greatest number.
    pub range: (Option<Literal>, Option<Literal>),
    /// A regular expression for strings.
    pub pattern: Option<String>,
    /// A format for any type.
    pub format: Option<&'static str>,
    /// The same for the elements of a list.
    pub inner: Option<Box<Checks>>,
}

/// How a value merges.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Merge {
    /// As this list.
    List(ListType),
    /// As this map.
    Map(MapType),
    /// As this struct, under a name that no server reads.
    Struct(MapType),
}

/// A type as schemars sees it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Type {
    /// A type of std or of another crate, whose schema is always the same.
    Fixed(Fixed),
    /// Any JSON value.
    Any,
    /// `()`
    Null,
    /// `Option<T>`
    Option(Box<Type>),
    /// `Vec<T>` and other sequences.
    List(Box<Type>),
    /// `BTreeSet<T>` and other sets.
    Set(Box<Type>),
    /// `[T; N]`
    Array(Box<Type>, u64),
    /// `BTreeMap<K, V>` and other maps.
    Map(Box<Type>, Box<Type>),
    /// `(A, B)`
    Tuple(Vec<Type>),
    /// A type of Kubernetes, by the name of its definition.
    Kubernetes(&'static str),
    /// A type of the person's.
    Defined(DefinitionId),
    /// Nothing in the source tells.
    Unknown,
}

/// A type whose schema is always the same.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Fixed {
    /// The schema, as its author wrote it.
    pub schema: Literal,
    /// What `Default` gives, as JSON, where the type has it.
    pub default: Option<Literal>,
}

impl Definition {
    /// The type that a transparent one stands for.
    #[must_use]
    pub fn forwards(&self) -> Option<&Type> {
        match &self.body {
            Body::Type(ty) => Some(ty),
            Body::Newtype(field) => Some(&field.ty),
            Body::Unit | Body::Tuple(_) | Body::Struct(_) | Body::Enum(_) | Body::Unknown => None,
        }
        .filter(|_| self.transparent)
    }
}

impl Body {
    /// The fields of a struct or tuple, or those of all variants.
    pub fn fields_mut(&mut self) -> Vec<&mut Field> {
        match self {
            Self::Type(_) | Self::Unit | Self::Unknown => Vec::new(),
            Self::Newtype(field) => vec![field],
            Self::Tuple(fields) => fields.iter_mut().collect(),
            Self::Struct(members) => members.fields.iter_mut().collect(),
            Self::Enum(union) => union
                .variants
                .iter_mut()
                .flat_map(|variant| variant.body.fields_mut())
                .collect(),
        }
    }
}
