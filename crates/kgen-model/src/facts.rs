//! What is said about a value wherever it stands: on a type, a field, an element, a key. One shape for all places, so
//! that rules nest and nothing that a schema can say is lost.

mod word;

use std::collections::BTreeMap;

use crate::literal::Literal;
use crate::span::Span;

/// Everything said about a value at one place.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(default))]
pub struct Facts {
    /// Documentation; on nested places only when said there.
    pub description: Option<String>,
    /// A short title.
    pub title: Option<String>,
    /// Link to further documentation.
    pub external_docs: Option<ExternalDocs>,
    /// An example value.
    pub example: Option<Literal>,
    /// The value of an absent field.
    pub default: Option<Literal>,
    /// How the schema departs from what the type says.
    pub schema: SchemaFacts,
    /// How lists merge.
    pub list: Option<ListType>,
    /// How maps and structs merge.
    pub map: Option<MapType>,
    /// Strategic merge patch directives.
    pub patch: Patch,
    /// What values are legal, in the order of writing.
    pub rules: Vec<Rule>,
    /// What holds for each element of a list or value of a map.
    pub each: Option<Box<Facts>>,
    /// What holds for each key of a map.
    pub each_key: Option<Box<Facts>>,
    /// What holds for a member, by wire name, on top of what its own declaration says.
    pub subfields: Vec<(String, Facts)>,
    /// What holds for the element of a list map with these keys.
    pub items: Vec<ItemFacts>,
    /// Vendor extensions by full name, such as `x-kubernetes-foo`.
    pub extensions: BTreeMap<String, Literal>,
    /// Where all of this is said.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub places: MarkerPlaces,
}

/// Where the markers of one place stand, by name. It only serves diagnostics: where something is said makes no
/// difference to what is said, so that all of these are equal.
#[derive(Clone, Debug, Default)]
pub struct MarkerPlaces(Vec<(&'static str, Span)>);

impl PartialEq for MarkerPlaces {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for MarkerPlaces {}

impl MarkerPlaces {
    /// The first marker of this name.
    #[must_use]
    pub fn of(&self, marker: &str) -> Option<Span> {
        self.nth(marker, 0)
    }

    /// The marker of this name that so many of the same name stand before.
    #[must_use]
    pub fn nth(&self, marker: &str, index: usize) -> Option<Span> {
        let of_name = self.0.iter().filter(|(name, _)| *name == marker);
        of_name.map(|(_, span)| *span).nth(index)
    }
}

impl FromIterator<(&'static str, Span)> for MarkerPlaces {
    fn from_iter<T: IntoIterator<Item = (&'static str, Span)>>(markers: T) -> Self {
        Self(markers.into_iter().collect())
    }
}

/// What holds for one element of a list map.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ItemFacts {
    /// Key fields by wire name, with their values.
    pub keys: Vec<(String, Literal)>,
    /// What holds there.
    pub facts: Facts,
}

/// Link to further documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ExternalDocs {
    /// Absolute URL.
    pub url: String,
    /// What is there.
    pub description: Option<String>,
}

/// How the schema departs from what the type says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SchemaFacts {
    /// `type` instead of the type's own.
    pub type_: Option<String>,
    /// `format` instead of the type's own.
    pub format: Option<String>,
    /// Set by `schemaless`: nothing of the type's own schema is used.
    pub schemaless: bool,
    /// `nullable: true`.
    pub nullable: bool,
    /// `x-kubernetes-int-or-string: true`.
    pub int_or_string: Option<IntOrString>,
    /// `x-kubernetes-embedded-resource: true`.
    pub embedded_resource: bool,
    /// `x-kubernetes-preserve-unknown-fields: true`.
    pub preserve_unknown_fields: bool,
    /// `additionalProperties: true` or `false`.
    pub additional_properties: Option<bool>,
}

/// How a schema says that a value is an integer or a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum IntOrString {
    /// With the `anyOf` that readers without the extension understand.
    Spelled,
    /// By the extension alone.
    Bare,
}

/// How a list merges (`x-kubernetes-list-type`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum ListType {
    /// One owner replaces the whole list.
    Atomic,
    /// Elements are unique and merge by value.
    Set,
    /// Elements merge by these key fields, by wire name.
    Map(Vec<String>),
}

/// How a map or struct merges (`x-kubernetes-map-type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum MapType {
    /// Members have owners of their own.
    Granular,
    /// One owner replaces the whole.
    Atomic,
}

/// Strategic merge patch directives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Patch {
    /// `x-kubernetes-patch-strategy`, such as `merge` or `merge,retainKeys`.
    pub strategy: Option<String>,
    /// `x-kubernetes-patch-merge-key`.
    pub merge_key: Option<String>,
}

/// One rule with its place in the source.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Rule {
    /// What must hold.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub kind: RuleKind,
    /// Where it was said.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// What must hold for a value. Names follow the schema keywords and declarative validation tags of Kubernetes.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub enum RuleKind {
    /// At least (or above, when exclusive).
    Minimum {
        /// The bound.
        value: Number,
        /// The bound itself is illegal.
        exclusive: bool,
    },
    /// At most (or below, when exclusive).
    Maximum {
        /// The bound.
        value: Number,
        /// The bound itself is illegal.
        exclusive: bool,
    },
    /// A multiple of this.
    MultipleOf(Number),
    /// At least so many characters.
    MinLength(u64),
    /// At most so many characters.
    MaxLength(u64),
    /// At most so many bytes.
    MaxBytes(u64),
    /// Matches the regular expression.
    Pattern(String),
    /// Is of a named format: of Kubernetes (`k8s-short-name`) or of OpenAPI (`date-time`).
    Format(String),
    /// At least so many elements.
    MinItems(u64),
    /// At most so many elements.
    MaxItems(u64),
    /// Elements are unique, as a schema keyword.
    UniqueItems,
    /// At least so many members.
    MinProperties(u64),
    /// At most so many members.
    MaxProperties(u64),
    /// One of these values.
    Enum(Vec<Literal>),
    /// A CEL expression holds.
    Cel(CelRule),
    /// Never changes after its object is made, nor is it set or unset later.
    Immutable,
    /// Must be set: inside of scopes, where there is no field to say it, and on fields that have a default. A plain value
    /// without a default is set if it is not empty.
    Required,
    /// Must not be set.
    Forbidden,
    /// Differs from this.
    Neq(Literal),
    /// Never decreases.
    Monotonic,
    /// Changes that are illegal.
    Update(Vec<UpdateConstraint>),
    /// A person's own function, as a path.
    ValidateWith(String),
    /// Rules of the referenced type do not apply here.
    Opaque,
    /// Elements of an atomic list are unique all the same.
    Unique(ListType),
    /// No generated uniqueness check: the person's own function does it.
    CustomUnique,
    /// At most one of these members is set, by wire name.
    AtMostOneOf(Vec<String>),
    /// Exactly one of these members is set.
    ExactlyOneOf(Vec<String>),
    /// At least one of these members is set.
    AtLeastOneOf(Vec<String>),
    /// These members are present, by wire name; inside of schema logic.
    FieldsRequired(Vec<String>),
    /// The field is a member of a union of its struct.
    UnionMember(UnionMember),
    /// The field names the member of a union that is set.
    UnionDiscriminator(Option<String>),
    /// The field is a member of a group of which at most one is set.
    ZeroOrOneOfMember(UnionMember),
    /// The field selects a mode of its struct.
    ModeDiscriminator(Option<String>),
    /// Holds in one mode only.
    IfMode {
        /// The group, if it is not the only one.
        modality: Option<String>,
        /// The discriminator's value.
        mode: String,
        /// What holds then.
        facts: Box<Facts>,
    },
    /// If this field is set, so is the sibling.
    DependentRequired(String),
    /// If this field is set, the sibling is not.
    DependentForbidden(String),
    /// Holds on updates only.
    OnUpdate(Box<Facts>),
    /// Holds if a feature is enabled, or disabled.
    IfFeature {
        /// The feature gate or option.
        feature: String,
        /// Whether it must be on.
        enabled: bool,
        /// What holds then.
        facts: Box<Facts>,
    },
    /// Reported in the shadow only, until it is stable.
    Maturity {
        /// `alpha` or `beta`.
        level: Maturity,
        /// The release since when, such as `1.3`.
        since: Option<String>,
        /// What will hold.
        facts: Box<Facts>,
    },
    /// All cases hold.
    AllOf(Vec<Facts>),
    /// At least one case holds.
    AnyOf(Vec<Facts>),
    /// Exactly one case holds.
    OneOf(Vec<Facts>),
    /// The case does not hold.
    Not(Box<Facts>),
}

/// A bound of a number.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Number {
    /// An integer of any JSON width.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
}

#[cfg(feature = "serde")]
impl serde::Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Int(value) => Literal::Int(value).serialize(serializer),
            Self::Float(value) => serializer.serialize_f64(value),
        }
    }
}

/// A rule in the Common Expression Language (`x-kubernetes-validations`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct CelRule {
    /// The expression; `self` is the value.
    pub rule: String,
    /// What to say when it does not hold.
    pub message: Option<String>,
    /// An expression that gives the message.
    pub message_expression: Option<String>,
    /// `FieldValueInvalid`, `FieldValueForbidden`, `FieldValueRequired` or `FieldValueDuplicate`.
    pub reason: Option<String>,
    /// The member that is at fault, such as `.x`.
    pub field_path: Option<String>,
    /// Whether `oldSelf` is an optional.
    pub optional_old_self: Option<bool>,
}

/// A change that is illegal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum UpdateConstraint {
    /// From unset to set.
    NoSet,
    /// From set to unset.
    NoUnset,
    /// From one value to another.
    NoModify,
    /// A new element or member.
    NoAddItem,
    /// A lost element or member.
    NoRemoveItem,
}

/// How finished a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Maturity {
    /// Only counted.
    Alpha,
    /// Enforced unless switched off.
    Beta,
}

/// A member of a union whose members are fields of one struct.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnionMember {
    /// The union, if the struct has several.
    pub union: Option<String>,
    /// The discriminator's value for this member, if it is not the field's name.
    pub name: Option<String>,
}

impl Facts {
    /// The rules of this place as kinds, in the order of writing.
    pub fn rule_kinds(&self) -> impl Iterator<Item = &RuleKind> {
        self.rules.iter().map(|rule| &rule.kind)
    }

    /// Whether nothing at all is said here.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
