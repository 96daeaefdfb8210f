//! The words by which a person wrote a rule.

use super::{Maturity, RuleKind};

impl RuleKind {
    /// The marker behind the rule.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Minimum { .. } => "minimum",
            Self::Maximum { .. } => "maximum",
            Self::MultipleOf(_) => "multiple_of",
            Self::MinLength(_) => "min_length",
            Self::MaxLength(_) => "max_length",
            Self::MaxBytes(_) => "max_bytes",
            Self::Pattern(_) => "pattern",
            Self::Format(_) => "format",
            Self::MinItems(_) => "min_items",
            Self::MaxItems(_) => "max_items",
            Self::UniqueItems => "unique_items",
            Self::MinProperties(_) => "min_properties",
            Self::MaxProperties(_) => "max_properties",
            Self::Enum(_) => "enum_values",
            Self::Cel(_) => "cel",
            Self::Immutable => "immutable",
            Self::Required => "required",
            Self::Forbidden => "forbidden",
            Self::Neq(_) => "neq",
            Self::Monotonic => "monotonic",
            Self::Update(_) => "update",
            Self::ValidateWith(_) => "validate_with",
            Self::Opaque => "opaque",
            Self::Unique(_) => "unique",
            Self::CustomUnique => "custom_unique",
            Self::AtMostOneOf(_) => "at_most_one_of",
            Self::ExactlyOneOf(_) => "exactly_one_of",
            Self::AtLeastOneOf(_) => "at_least_one_of",
            Self::FieldsRequired(_) => "fields_required",
            Self::UnionMember(_) => "union_member",
            Self::UnionDiscriminator(_) => "union_discriminator",
            Self::ZeroOrOneOfMember(_) => "zero_or_one_of_member",
            Self::ModeDiscriminator(_) => "mode_discriminator",
            Self::IfMode { .. } => "if_mode",
            Self::DependentRequired(_) => "dependent_required",
            Self::DependentForbidden(_) => "dependent_forbidden",
            Self::OnUpdate(_) => "on_update",
            Self::IfFeature { enabled: true, .. } => "if_enabled",
            Self::IfFeature { enabled: false, .. } => "if_disabled",
            Self::Maturity {
                level: Maturity::Alpha, ..
            } => "alpha",
            Self::Maturity {
                level: Maturity::Beta, ..
            } => "beta",
            Self::AllOf(_) => "all_of",
            Self::AnyOf(_) => "any_of",
            Self::OneOf(_) => "one_of",
            Self::Not(_) => "not",
        }
    }
}
