//! The words by which a person wrote a rule.

use kgen_model::RuleKind;
use kgen_model::facts::Maturity;

/// The marker behind a rule.
pub(super) fn of(rule: &RuleKind) -> &'static str {
    match rule {
        RuleKind::Minimum { .. } => "minimum",
        RuleKind::Maximum { .. } => "maximum",
        RuleKind::MultipleOf(_) => "multiple_of",
        RuleKind::MinLength(_) => "min_length",
        RuleKind::MaxLength(_) => "max_length",
        RuleKind::MaxBytes(_) => "max_bytes",
        RuleKind::Pattern(_) => "pattern",
        RuleKind::Format(_) => "format",
        RuleKind::MinItems(_) => "min_items",
        RuleKind::MaxItems(_) => "max_items",
        RuleKind::UniqueItems => "unique_items",
        RuleKind::MinProperties(_) => "min_properties",
        RuleKind::MaxProperties(_) => "max_properties",
        RuleKind::Enum(_) => "enum_values",
        RuleKind::Cel(_) => "cel",
        RuleKind::Immutable => "immutable",
        RuleKind::Required => "required",
        RuleKind::Forbidden => "forbidden",
        RuleKind::Neq(_) => "neq",
        RuleKind::Monotonic => "monotonic",
        RuleKind::Update(_) => "update",
        RuleKind::ValidateWith(_) => "validate_with",
        RuleKind::Opaque => "opaque",
        RuleKind::Unique(_) => "unique",
        RuleKind::CustomUnique => "custom_unique",
        RuleKind::AtMostOneOf(_) => "at_most_one_of",
        RuleKind::ExactlyOneOf(_) => "exactly_one_of",
        RuleKind::AtLeastOneOf(_) => "at_least_one_of",
        RuleKind::FieldsRequired(_) => "fields_required",
        RuleKind::UnionMember(_) => "union_member",
        RuleKind::UnionDiscriminator(_) => "union_discriminator",
        RuleKind::ZeroOrOneOfMember(_) => "zero_or_one_of_member",
        RuleKind::ModeDiscriminator(_) => "mode_discriminator",
        RuleKind::IfMode { .. } => "if_mode",
        RuleKind::DependentRequired(_) => "dependent_required",
        RuleKind::DependentForbidden(_) => "dependent_forbidden",
        RuleKind::OnUpdate(_) => "on_update",
        RuleKind::IfFeature { enabled: true, .. } => "if_enabled",
        RuleKind::IfFeature { enabled: false, .. } => "if_disabled",
        RuleKind::Maturity {
            level: Maturity::Alpha, ..
        } => "alpha",
        RuleKind::Maturity {
            level: Maturity::Beta, ..
        } => "beta",
        RuleKind::AllOf(_) => "all_of",
        RuleKind::AnyOf(_) => "any_of",
        RuleKind::OneOf(_) => "one_of",
        RuleKind::Not(_) => "not",
    }
}
