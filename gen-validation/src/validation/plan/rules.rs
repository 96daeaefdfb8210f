//! The rules about a value, each as the call of one function of the runtime.

use kgen_model::facts::{Maturity, Number, UpdateConstraint};
use kgen_model::model::Int;
use kgen_model::{Facts, ListType, Literal, RuleKind, TypeRef};

use super::content::Content;
use super::place::{Need, Subject, call, set_test, wrapped};
use super::{Argument, Correlation, KeyText, Planner, Step, TextOf, Via};

/// The calls for a rule about what a value is in JSON. A rule that does not fit it has none.
pub(super) fn call_of<'m>(content: Content<'m>, rule: &'m RuleKind) -> Vec<Step<'m>> {
    match rule {
        RuleKind::Minimum { value, exclusive } => bound(content, Side::Least, *value, *exclusive),
        RuleKind::Maximum { value, exclusive } => bound(content, Side::Most, *value, *exclusive),
        RuleKind::MultipleOf(factor) => number(content, "rules::multiple_of", *factor),
        RuleKind::MinLength(count) => text(content, "rules::min_length", Argument::Count(*count)),
        RuleKind::MaxLength(count) => text(content, "rules::max_length", Argument::Count(*count)),
        RuleKind::MaxBytes(count) => text(content, "rules::max_bytes", Argument::Count(*count)),
        RuleKind::Pattern(pattern) => text(content, "rules::pattern", Argument::Pattern(pattern)),
        RuleKind::Format(name) => on_text(content, |text| format(name, text)),
        RuleKind::MinItems(count) => length(content, "rules::min_items", *count),
        RuleKind::MaxItems(count) => length(content, "rules::max_items", *count),
        RuleKind::UniqueItems => list(content, call("rules::unique_items", [Argument::List])),
        RuleKind::MinProperties(count) => length(content, "rules::min_properties", *count),
        RuleKind::MaxProperties(count) => length(content, "rules::max_properties", *count),
        RuleKind::Enum(values) => one_of(content, values),
        RuleKind::Neq(value) => not_equal(content, value),
        RuleKind::Monotonic => numeric(content, |_| {
            vec![call(
                "rules::monotonic",
                [Argument::Operation, Argument::Copy, Argument::OldCopy],
            )]
        }),
        // They are about the members of a struct, or stand for others, or hold others.
        RuleKind::AtMostOneOf(_)
        | RuleKind::ExactlyOneOf(_)
        | RuleKind::AtLeastOneOf(_)
        | RuleKind::FieldsRequired(_)
        | RuleKind::UnionMember(_)
        | RuleKind::UnionDiscriminator(_)
        | RuleKind::ZeroOrOneOfMember(_)
        | RuleKind::ModeDiscriminator(_)
        | RuleKind::IfMode { .. }
        | RuleKind::DependentRequired(_)
        | RuleKind::DependentForbidden(_)
        | RuleKind::Cel(_)
        | RuleKind::Immutable
        | RuleKind::Required
        | RuleKind::Forbidden
        | RuleKind::Update(_)
        | RuleKind::ValidateWith(_)
        | RuleKind::Opaque
        | RuleKind::Unique(_)
        | RuleKind::CustomUnique
        | RuleKind::OnUpdate(_)
        | RuleKind::IfFeature { .. }
        | RuleKind::Maturity { .. }
        | RuleKind::AllOf(_)
        | RuleKind::AnyOf(_)
        | RuleKind::OneOf(_)
        | RuleKind::Not(_) => Vec::new(),
    }
}

/// The name of upstream's tag, by which rules are ordered; rules that upstream lacks have the names of their keywords.
pub(super) fn tag(rule: &RuleKind) -> &'static str {
    match rule {
        RuleKind::Maturity {
            level: Maturity::Alpha, ..
        } => "alpha",
        RuleKind::AllOf(_) => "allOf",
        RuleKind::AnyOf(_) => "anyOf",
        RuleKind::AtLeastOneOf(_) => "atLeastOneOf",
        RuleKind::Maturity {
            level: Maturity::Beta, ..
        } => "beta",
        RuleKind::Cel(_) => "cel",
        RuleKind::CustomUnique => "customUnique",
        RuleKind::ValidateWith(_) => "customValidation",
        RuleKind::DependentForbidden(_) => "dependentForbidden",
        RuleKind::DependentRequired(_) => "dependentRequired",
        RuleKind::Enum(_) => "enum",
        RuleKind::FieldsRequired(_) => "fieldsRequired",
        RuleKind::Forbidden => "forbidden",
        RuleKind::Format(_) => "format",
        RuleKind::IfFeature { enabled: false, .. } => "ifDisabled",
        RuleKind::IfFeature { enabled: true, .. } => "ifEnabled",
        RuleKind::IfMode { .. } => "ifMode",
        RuleKind::Immutable => "immutable",
        RuleKind::MaxBytes(_) => "maxBytes",
        RuleKind::MaxItems(_) => "maxItems",
        RuleKind::MaxLength(_) => "maxLength",
        RuleKind::MaxProperties(_) => "maxProperties",
        RuleKind::Maximum { .. } => "maximum",
        RuleKind::MinItems(_) => "minItems",
        RuleKind::MinLength(_) => "minLength",
        RuleKind::MinProperties(_) => "minProperties",
        RuleKind::Minimum { .. } => "minimum",
        RuleKind::ModeDiscriminator(_) => "modeDiscriminator",
        RuleKind::Monotonic => "monotonic",
        RuleKind::MultipleOf(_) => "multipleOf",
        RuleKind::Neq(_) => "neq",
        RuleKind::Not(_) => "not",
        RuleKind::OnUpdate(_) => "onUpdate",
        RuleKind::OneOf(_) => "oneOf",
        RuleKind::Opaque => "opaqueType",
        RuleKind::Pattern(_) => "pattern",
        RuleKind::Required => "required",
        RuleKind::UnionDiscriminator(_) => "unionDiscriminator",
        RuleKind::UnionMember(_) | RuleKind::ExactlyOneOf(_) => "unionMember",
        RuleKind::Unique(_) => "unique",
        RuleKind::UniqueItems => "uniqueItems",
        RuleKind::Update(_) => "update",
        RuleKind::ZeroOrOneOfMember(_) | RuleKind::AtMostOneOf(_) => "zeroOrOneOfMember",
    }
}

/// Which end of a range.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Least,
    Most,
}

fn bound(content: Content<'_>, side: Side, value: Number, exclusive: bool) -> Vec<Step<'_>> {
    let rule = match (side, exclusive) {
        (Side::Least, false) => "rules::minimum",
        (Side::Least, true) => "rules::exclusive_minimum",
        (Side::Most, false) => "rules::maximum",
        (Side::Most, true) => "rules::exclusive_maximum",
    };
    number(content, rule, value)
}

/// A rule about a number and another one.
fn number<'m>(content: Content<'m>, rule: &'static str, with: Number) -> Vec<Step<'m>> {
    numeric(content, |int| {
        let with = match (int, with) {
            (Some(int), Number::Int(value)) if holds(int, value) => Argument::Int(value),
            // The check refuses a bound that the type does not hold.
            (Some(_), _) => return Vec::new(),
            (None, Number::Int(value)) => Argument::Float(value as f64),
            (None, Number::Float(value)) => Argument::Float(value),
        };
        vec![call(rule, [Argument::Copy, with])]
    })
}

fn numeric<'m>(content: Content<'m>, plan: impl FnOnce(Option<Int>) -> Vec<Step<'m>>) -> Vec<Step<'m>> {
    match content {
        Content::Int(int) => plan(Some(int)),
        Content::Float => plan(None),
        Content::IntOrString => within(Via::Int, plan(Some(Int::I32))),
        _ => Vec::new(),
    }
}

/// Whether an integer has room for a value.
pub(crate) fn holds(int: Int, value: i128) -> bool {
    match int {
        Int::I8 => i8::try_from(value).is_ok(),
        Int::I16 => i16::try_from(value).is_ok(),
        Int::I32 => i32::try_from(value).is_ok(),
        Int::I64 => i64::try_from(value).is_ok(),
        Int::U8 => u8::try_from(value).is_ok(),
        Int::U16 => u16::try_from(value).is_ok(),
        Int::U32 => u32::try_from(value).is_ok(),
        Int::U64 => u64::try_from(value).is_ok(),
    }
}

fn within<'m>(via: Via<'m>, steps: Vec<Step<'m>>) -> Vec<Step<'m>> {
    wrapped(steps, |steps| Step::Inner { via: vec![via], steps })
}

fn text<'m>(content: Content<'m>, rule: &'static str, with: Argument<'m>) -> Vec<Step<'m>> {
    on_text(content, |text| vec![call(rule, [text, with])])
}

fn on_text<'m>(content: Content<'m>, plan: impl FnOnce(Argument<'m>) -> Vec<Step<'m>>) -> Vec<Step<'m>> {
    match content {
        Content::Text(text) => plan(Argument::Text(text)),
        Content::IntOrString => within(Via::String, plan(Argument::Text(TextOf::String))),
        _ => Vec::new(),
    }
}

/// Formats that say something about text. Others, such as `int32`, are what the Rust type says.
fn format<'m>(name: &str, text: Argument<'m>) -> Vec<Step<'m>> {
    let known = FORMATS.iter().find(|(known, _)| *known == name);
    known.map(|(_, function)| call(function, [text])).into_iter().collect()
}

const FORMATS: &[(&str, &str)] = &[
    ("bsonobjectid", "formats::bsonobjectid"),
    ("byte", "formats::byte"),
    ("cidr", "formats::cidr"),
    ("creditcard", "formats::creditcard"),
    ("date", "formats::date"),
    ("date-time", "formats::date_time"),
    ("datetime", "formats::date_time"),
    ("duration", "formats::duration"),
    ("email", "formats::email"),
    ("hexcolor", "formats::hexcolor"),
    ("hostname", "formats::hostname"),
    ("ipv4", "formats::ipv4"),
    ("ipv6", "formats::ipv6"),
    ("isbn", "formats::isbn"),
    ("isbn10", "formats::isbn10"),
    ("isbn13", "formats::isbn13"),
    ("k8s-extended-resource-name", "formats::k8s_extended_resource_name"),
    ("k8s-label-key", "formats::k8s_label_key"),
    ("k8s-label-value", "formats::k8s_label_value"),
    ("k8s-long-name", "formats::k8s_long_name"),
    ("k8s-long-name-caseless", "formats::k8s_long_name_caseless"),
    ("k8s-path-segment-name", "formats::k8s_path_segment_name"),
    ("k8s-prefixed-label-key", "formats::k8s_prefixed_label_key"),
    (
        "k8s-resource-fully-qualified-name",
        "formats::k8s_resource_fully_qualified_name",
    ),
    ("k8s-resource-pool-name", "formats::k8s_resource_pool_name"),
    ("k8s-short-name", "formats::k8s_short_name"),
    ("k8s-uuid", "formats::k8s_uuid"),
    ("mac", "formats::mac"),
    ("password", "formats::password"),
    ("rgbcolor", "formats::rgbcolor"),
    ("ssn", "formats::ssn"),
    ("uri", "formats::uri"),
    ("uuid", "formats::uuid"),
    ("uuid3", "formats::uuid3"),
    ("uuid4", "formats::uuid4"),
    ("uuid5", "formats::uuid5"),
];

fn length<'m>(content: Content<'m>, rule: &'static str, count: u64) -> Vec<Step<'m>> {
    match content {
        Content::List(_) | Content::Map { .. } => vec![call(rule, [Argument::Len, Argument::Count(count)])],
        _ => Vec::new(),
    }
}

fn list<'m>(content: Content<'m>, step: Step<'m>) -> Vec<Step<'m>> {
    match content {
        Content::List(_) => vec![step],
        _ => Vec::new(),
    }
}

/// Constants that the content can equal.
fn constants<'m>(content: Content<'m>, values: &'m [Literal]) -> Vec<Argument<'m>> {
    let constant = |value: &'m Literal| match (content, value) {
        (Content::Text(_), Literal::String(text)) => Some(Argument::Said(text)),
        (Content::Bool, Literal::Bool(value)) => Some(Argument::Bool(*value)),
        (Content::Int(int), Literal::Int(value)) if holds(int, *value) => Some(Argument::Int(*value)),
        (Content::Float, Literal::Int(value)) => Some(Argument::Float(*value as f64)),
        (Content::Float, Literal::Float(value)) => Some(Argument::Float(*value)),
        _ => None,
    };
    values.iter().filter_map(constant).collect()
}

fn one_of<'m>(content: Content<'m>, values: &'m [Literal]) -> Vec<Step<'m>> {
    let legal = || Argument::Several(constants(content, values));
    match content {
        Content::Text(text) => vec![call("rules::enum_values", [Argument::Text(text), legal()])],
        Content::Bool | Content::Int(_) | Content::Float => {
            vec![call("rules::enum_scalars", [Argument::Copy, legal()])]
        }
        Content::IntOrString => {
            let ints = within(Via::Int, one_of(Content::Int(Int::I32), values));
            let strings = within(Via::String, one_of(Content::Text(TextOf::String), values));
            [ints, strings].concat()
        }
        Content::List(_) | Content::Map { .. } | Content::Struct(..) | Content::Union(..) | Content::Other => {
            Vec::new()
        }
    }
}

fn not_equal<'m>(content: Content<'m>, value: &'m Literal) -> Vec<Step<'m>> {
    let differs = |given: Argument<'m>| {
        let other = constants(content, std::slice::from_ref(value)).pop();
        let call = other.map(|other| call("rules::neq", [given, other]));
        call.into_iter().collect()
    };
    match content {
        Content::Text(text) => differs(Argument::PlainText(text)),
        Content::Bool | Content::Int(_) | Content::Float => differs(Argument::Copy),
        Content::IntOrString => {
            let int = within(Via::Int, not_equal(Content::Int(Int::I32), value));
            let string = within(Via::String, not_equal(Content::Text(TextOf::String), value));
            [int, string].concat()
        }
        Content::List(_) | Content::Map { .. } | Content::Struct(..) | Content::Union(..) | Content::Other => {
            Vec::new()
        }
    }
}

impl<'m> Planner<'m, '_> {
    /// Changes that are illegal: of whether there is a value, and of what a list or map holds.
    pub(super) fn update(
        &self,
        ty: Subject<'m>,
        facts: &'m Facts,
        constraints: &'m [UpdateConstraint],
        need: Need,
    ) -> Vec<Step<'m>> {
        let is_about_items =
            |one: &UpdateConstraint| matches!(one, UpdateConstraint::NoAddItem | UpdateConstraint::NoRemoveItem);
        let (items, whole): (Vec<_>, Vec<_>) = constraints.iter().copied().partition(is_about_items);
        let test = set_test(ty, need);
        let mut steps = Vec::new();
        if !whole.is_empty() {
            let arguments = [
                Argument::Operation,
                Argument::Constraints(whole),
                Argument::IsSet(test),
                Argument::WasSet(test),
            ];
            steps.push(call("rules::update", arguments));
        }
        if let (Subject::Use(ty), false) = (ty, items.is_empty()) {
            steps.extend(self.update_items(ty, facts, items));
        }
        steps
    }

    fn update_items(&self, ty: &'m TypeRef, facts: &'m Facts, items: Vec<UpdateConstraint>) -> Option<Step<'m>> {
        let (mut via, content) = self.way_to_content(ty.without_option());
        let constraints = Argument::Constraints(items);
        // A list that is not there has no elements.
        let is_option = ty.is_option() && via.is_empty();
        let slices = Argument::Slices { is_option };
        let call = match content {
            Content::List(element) => {
                let by = facts.identity().unwrap_or(&ListType::Set);
                match self.correlation(element, Some(by)) {
                    Correlation::Keys(keys) => call(
                        "rules::update_list_map",
                        [Argument::Operation, constraints, slices, Argument::KeyOf(keys)],
                    ),
                    Correlation::Set => call("rules::update_set", [Argument::Operation, constraints, slices]),
                    Correlation::None => return None,
                }
            }
            Content::Map { key, value: _ } if self.key_text(key) == KeyText::String => call(
                "rules::update_map",
                [Argument::Operation, constraints, Argument::Value, Argument::Old],
            ),
            _ => return None,
        };
        if ty.is_option() && !(is_option && matches!(content, Content::List(_))) {
            via.insert(0, Via::Option);
        }
        let steps = vec![call];
        let steps = if via.is_empty() {
            steps
        } else {
            vec![Step::Inner { via, steps }]
        };
        Some(Step::IfReplaced(steps))
    }
}
