//! An OpenAPI v3.0 schema as Kubernetes uses it: plain data with a place for every keyword. It knows nothing of the
//! model; [`crate::structural`] builds schemas and decides what goes into them.

mod merge;
mod serialize;

use std::collections::BTreeMap;

use kgen_model::Literal;
use kgen_model::Span;
use kgen_model::facts::{CelRule, ExternalDocs, ListType, MapType, Number};
use kgen_model::model::Int;

pub(crate) use merge::{limit, merge};

/// A schema. What is empty is not written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// `$ref`: the whole pointer, such as `#/components/schemas/com.example.shop.v1.Order`.
    pub reference: Option<String>,
    /// What is there for people, and the default.
    pub about: About,
    /// `type`
    pub type_: Option<JsonType>,
    /// `format`
    pub format: Option<String>,
    /// `nullable: true`
    pub nullable: bool,
    /// `items`
    pub items: Option<Box<Schema>>,
    /// `properties`
    pub properties: BTreeMap<String, Schema>,
    /// `additionalProperties`
    pub additional_properties: Option<AdditionalProperties>,
    /// Keywords that say which values are legal.
    pub limits: Limits,
    /// `allOf`, `anyOf`, `oneOf` and `not`.
    pub logic: Logic,
    /// `x-kubernetes-…`
    pub kubernetes: Kubernetes,
    /// Any further extension by its full name, such as `x-example-unit`.
    pub extensions: BTreeMap<String, Literal>,
    /// Whether it takes the place of what the type says, when both are merged.
    pub(crate) stands_alone: bool,
}

/// What a schema says to people, and the value of an absent field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// `description`
    pub description: Option<String>,
    /// `title`
    pub title: Option<String>,
    /// `externalDocs`
    pub external_docs: Option<ExternalDocs>,
    /// `example`
    pub example: Option<Literal>,
    /// `default`
    pub default: Option<Literal>,
}

/// The value of `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of JSON")]
pub enum JsonType {
    Array,
    Boolean,
    Integer,
    Number,
    Object,
    String,
}

/// The value of `additionalProperties`.
#[derive(Clone, Debug, PartialEq)]
pub enum AdditionalProperties {
    /// `true` or `false`.
    Allowed(bool),
    /// What each of them is.
    Each(Box<Schema>),
}

/// Keywords that say which values are legal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// `minimum` and `exclusiveMinimum`.
    pub minimum: Option<Bound>,
    /// `maximum` and `exclusiveMaximum`.
    pub maximum: Option<Bound>,
    /// `multipleOf`
    pub multiple_of: Option<Number>,
    /// `minLength`
    pub min_length: Option<u64>,
    /// `maxLength`
    pub max_length: Option<u64>,
    /// `pattern`
    pub pattern: Option<String>,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `uniqueItems: true`
    pub unique_items: bool,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
    /// `required`, sorted and without repetition.
    pub required: Vec<String>,
    /// `enum`
    pub enum_: Vec<Literal>,
    /// The Rust integer behind the value. Its range holds where no rule gives a bound; [`Schema::settle`] writes it out.
    pub(crate) range: Option<Int>,
}

/// A bound of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The number.
    pub value: Number,
    /// Whether the number itself is illegal.
    pub exclusive: bool,
}

/// `allOf`, `anyOf`, `oneOf` and `not`.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the names are the keywords")]
pub struct Logic {
    pub all_of: Vec<Schema>,
    pub any_of: Vec<Schema>,
    pub one_of: Vec<Schema>,
    pub not: Option<Box<Schema>>,
}

/// The extensions of Kubernetes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kubernetes {
    /// `x-kubernetes-preserve-unknown-fields: true`
    pub preserve_unknown_fields: bool,
    /// `x-kubernetes-embedded-resource: true`
    pub embedded_resource: bool,
    /// `x-kubernetes-int-or-string: true`
    pub int_or_string: bool,
    /// `x-kubernetes-list-type` and `x-kubernetes-list-map-keys`.
    pub list_type: Option<ListType>,
    /// `x-kubernetes-map-type`
    pub map_type: Option<MapType>,
    /// `x-kubernetes-validations`
    pub validations: Vec<CelRule>,
    /// What is known of those among the rules that follow from others. It is used up before a schema is done.
    pub derived: Vec<Derived>,
    /// `x-kubernetes-patch-strategy`
    pub patch_strategy: Option<String>,
    /// `x-kubernetes-patch-merge-key`
    pub patch_merge_key: Option<String>,
    /// `x-kubernetes-group-version-kind`
    pub group_version_kinds: Vec<GroupVersionKind>,
}

/// A rule in CEL that follows from one that a person wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Its text; `None` if CEL cannot say it.
    pub text: Option<String>,
    /// What a server estimates that one evaluation costs, at most.
    pub work: u64,
    /// Where the person's rule stands.
    pub span: Span,
    /// The marker that says it.
    pub word: &'static str,
}

impl Kubernetes {
    /// Adds a rule that follows from another one.
    pub(crate) fn derive(&mut self, (rule, origin): (Option<CelRule>, Derived)) {
        self.derived.push(origin);
        self.validations.extend(rule);
    }
}

/// A kind that a schema describes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of Kubernetes")]
pub struct GroupVersionKind {
    pub group: String,
    pub version: String,
    pub kind: String,
}

impl Schema {
    /// A schema that says nothing but a type.
    #[must_use]
    pub fn of_type(type_: JsonType) -> Self {
        Self {
            type_: Some(type_),
            ..Self::default()
        }
    }

    /// A bare `$ref`.
    #[must_use]
    pub fn reference(pointer: impl Into<String>) -> Self {
        Self {
            reference: Some(pointer.into()),
            ..Self::default()
        }
    }

    /// A list of what `items` says.
    #[must_use]
    pub fn array(items: Self) -> Self {
        Self {
            items: Some(Box::new(items)),
            ..Self::of_type(JsonType::Array)
        }
    }

    /// A map whose values are what `values` says.
    #[must_use]
    pub fn map(values: Self) -> Self {
        let each = AdditionalProperties::Each(Box::new(values));
        Self {
            additional_properties: Some(each),
            ..Self::of_type(JsonType::Object)
        }
    }

    /// Adds a format.
    #[must_use]
    pub fn format(mut self, format: impl Into<String>) -> Self {
        self.format = Some(format.into());
        self
    }

    /// Whether nothing is said at all, which every value satisfies.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds a name to `required`, which stays sorted.
    pub fn require(&mut self, name: &str) {
        if let Err(at) = self.limits.required.binary_search_by(|have| have.as_str().cmp(name)) {
            self.limits.required.insert(at, name.to_owned());
        }
    }

    /// Calls `visit` for this schema and all below it, parents last.
    pub fn visit_mut(&mut self, visit: &mut impl FnMut(&mut Self)) {
        let logic = &mut self.logic;
        let branches = logic
            .all_of
            .iter_mut()
            .chain(&mut logic.any_of)
            .chain(&mut logic.one_of);
        let additional = match &mut self.additional_properties {
            Some(AdditionalProperties::Each(each)) => Some(each.as_mut()),
            Some(AdditionalProperties::Allowed(_)) | None => None,
        };
        let below = branches
            .chain(logic.not.as_deref_mut())
            .chain(self.items.as_deref_mut())
            .chain(additional);
        below
            .chain(self.properties.values_mut())
            .for_each(|schema| schema.visit_mut(visit));
        visit(self);
    }

    /// Writes out the range of each Rust integer, where no rule gives a tighter bound.
    pub(crate) fn settle(mut self) -> Self {
        self.visit_mut(&mut |schema| {
            schema.stands_alone = false;
            let Some((minimum, maximum)) = schema.limits.range.take().map(range) else {
                return;
            };
            let hoisted = |bound: fn(&Limits) -> Option<Bound>| {
                schema.logic.all_of.iter().any(|branch| bound(&branch.limits).is_some())
            };
            let minimum = minimum.filter(|_| !hoisted(|limits| limits.minimum));
            let maximum = maximum.filter(|_| !hoisted(|limits| limits.maximum));
            let limits = &mut schema.limits;
            limits.minimum = tighter(limits.minimum, minimum, |said, own| said.value >= own.value);
            limits.maximum = tighter(limits.maximum, maximum, |said, own| said.value <= own.value);
        });
        self
    }
}

fn tighter(said: Option<Bound>, own: Option<Bound>, is_tight: fn(&Bound, &Bound) -> bool) -> Option<Bound> {
    match (said, own) {
        (Some(said), Some(own)) if !is_tight(&said, &own) => Some(own),
        (said, own) => said.or(own),
    }
}

/// The bounds that a format does not say already.
fn range(int: Int) -> (Option<Bound>, Option<Bound>) {
    let bound = |value: i128| {
        Some(Bound {
            value: Number::Int(value),
            exclusive: false,
        })
    };
    match int {
        Int::I8 => (bound(i8::MIN.into()), bound(i8::MAX.into())),
        Int::I16 => (bound(i16::MIN.into()), bound(i16::MAX.into())),
        Int::I32 | Int::I64 => (None, None),
        Int::U8 => (bound(0), bound(u8::MAX.into())),
        Int::U16 => (bound(0), bound(u16::MAX.into())),
        Int::U32 => (bound(0), bound(u32::MAX.into())),
        Int::U64 => (bound(0), None),
    }
}

impl JsonType {
    /// The type with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let all = [
            Self::Array,
            Self::Boolean,
            Self::Integer,
            Self::Number,
            Self::Object,
            Self::String,
        ];
        all.into_iter().find(|type_| type_.name() == name)
    }

    /// The name, as `type` holds it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Object => "object",
            Self::String => "string",
        }
    }
}
