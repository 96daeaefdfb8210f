//! Markers into facts: what may stand at any place. The table has checked names and argument types before.

use super::Resolver;
use crate::expr::Expr;
use crate::facts::{
    CelRule, ExternalDocs, Facts, IntOrString, ItemFacts, MapType, MarkerPlaces, Maturity, Number, Rule, RuleKind,
    UnionMember, UpdateConstraint,
};
use crate::literal::Literal;
use crate::markers::{Place, Use, UseValue};
use crate::names;
use crate::report::Diagnostic;

impl Resolver<'_> {
    /// Checks the markers of a place and lowers those that any place may have. The others come back.
    pub(super) fn facts<'a>(&mut self, module: usize, exprs: &'a [Expr], places: &[Place]) -> (Facts, Vec<Use<'a>>) {
        let uses = self.check(module, exprs, places);
        let mut facts = Facts {
            places: marker_places(&uses),
            ..Facts::default()
        };
        let mut others = Vec::new();
        for marker in uses {
            if !self.schema_fact(&marker, &mut facts) && !self.nested_fact(module, &marker, &mut facts) {
                match rule(&marker).or_else(|| self.validation(module, &marker)) {
                    Some(kind) => facts.rules.push(Rule {
                        kind,
                        span: marker.span,
                    }),
                    None => others.push(marker),
                }
            }
        }
        self.exclusive_bounds(&mut facts, &mut others);
        self.required_rule(places, &mut facts, &mut others);
        (facts, others)
    }

    /// The rule that names a person's own function.
    fn validation(&mut self, module: usize, marker: &Use<'_>) -> Option<RuleKind> {
        let named = marker.def.name == "validate_with";
        named
            .then(|| self.function(module, marker).map(RuleKind::ValidateWith))
            .flatten()
    }

    fn schema_fact(&mut self, marker: &Use<'_>, facts: &mut Facts) -> bool {
        let text = || marker.value.as_ref().and_then(UseValue::text);
        match marker.def.name {
            "title" => facts.title = text(),
            "description" => facts.description = text(),
            "external_docs" => {
                let url = marker.text("url").unwrap_or_default();
                facts.external_docs = Some(ExternalDocs {
                    url,
                    description: marker.text("description"),
                });
            }
            "example" => facts.example = marker.value.as_ref().and_then(UseValue::literal).cloned(),
            "default" => facts.default = marker.value.as_ref().and_then(UseValue::literal).cloned(),
            "nullable" => facts.schema.nullable = true,
            "int_or_string" => {
                let is_bare = marker.value.is_some();
                facts.schema.int_or_string = Some(if is_bare {
                    IntOrString::Bare
                } else {
                    IntOrString::Spelled
                });
            }
            "additional_properties" => {
                let value = marker.value.as_ref().and_then(UseValue::literal);
                facts.schema.additional_properties = Some(value == Some(&Literal::Bool(true)));
            }
            "embedded_resource" => facts.schema.embedded_resource = true,
            "preserve_unknown_fields" => facts.schema.preserve_unknown_fields = true,
            "schemaless" => facts.schema.schemaless = true,
            "schema" => {
                facts.schema.type_ = marker.text("type");
                facts.schema.format = marker.text("format");
            }
            "list" => {
                if let Some(UseValue::List(list)) = &marker.value {
                    facts.list = Some(list.clone());
                }
            }
            "map" => {
                let atomic = text().as_deref() == Some("atomic");
                facts.map = Some(if atomic { MapType::Atomic } else { MapType::Granular });
            }
            "patch_strategy" => {
                facts.patch.strategy = text();
                self.patch_strategy(marker);
            }
            "patch_merge_key" => facts.patch.merge_key = text(),
            "extension" => self.extension(marker, facts),
            _ => return false,
        }
        true
    }

    fn patch_strategy(&mut self, marker: &Use<'_>) {
        const STRATEGIES: [&str; 3] = ["merge", "replace", "retainKeys"];
        let text = marker.value.as_ref().and_then(UseValue::text).unwrap_or_default();
        for strategy in text.split(',').filter(|strategy| !STRATEGIES.contains(strategy)) {
            let message = format!("there is no patch strategy `{strategy}`");
            let help = match names::closest(strategy, STRATEGIES) {
                Some(close) => format!("did you mean `{close}`?"),
                None => "write `merge`, `replace`, `retainKeys` or several of them with commas".to_owned(),
            };
            self.report
                .push(Diagnostic::error("bad-marker-argument", marker.span_of(&text), message).help(help));
        }
    }

    fn extension(&mut self, marker: &Use<'_>, facts: &mut Facts) {
        let name = marker.text("name").unwrap_or_default();
        if !name.starts_with("x-") {
            let message = format!("the name of the extension `{name}` does not begin with `x-`");
            let span = marker.span_of(&name);
            self.report
                .push(Diagnostic::error("bad-marker-argument", span, message).help(format!("write `x-{name}`")));
        }
        let value = marker.args_named("value").next().and_then(UseValue::literal).cloned();
        facts.extensions.insert(name, value.unwrap_or(Literal::Null));
    }

    /// What markers inside of a marker say. Whether it is one that holds others.
    fn nested_fact(&mut self, module: usize, marker: &Use<'_>, facts: &mut Facts) -> bool {
        let mut inner = |place| self.inner_facts(module, marker.nested, place);
        match marker.def.name {
            "each" => facts.each = Some(Box::new(inner(Place::Value))),
            "each_key" => facts.each_key = Some(Box::new(inner(Place::Key))),
            "subfield" => {
                let field = marker.text("field").unwrap_or_default();
                facts.subfields.push((field, inner(Place::Value)));
            }
            "item" => {
                let keys = marker.args.iter();
                let keys = keys.filter_map(|(key, value)| Some((key.clone(), value.literal()?.clone())));
                facts.items.push(ItemFacts {
                    keys: keys.collect(),
                    facts: inner(Place::Value),
                });
            }
            _ => {
                let kind = self.nested_rule(module, marker);
                let span = marker.span;
                let is_nested = kind.is_some();
                facts.rules.extend(kind.map(|kind| Rule { kind, span }));
                return is_nested;
            }
        }
        true
    }

    /// The rule that a marker states of what stands inside of it.
    fn nested_rule(&mut self, module: usize, marker: &Use<'_>) -> Option<RuleKind> {
        let mut inner = |place| Box::new(self.inner_facts(module, marker.nested, place));
        Some(match marker.def.name {
            "on_update" => RuleKind::OnUpdate(inner(Place::Value)),
            "not" => RuleKind::Not(inner(Place::Case)),
            "if_mode" => RuleKind::IfMode {
                modality: marker.text("modality"),
                mode: marker.text("mode").unwrap_or_default(),
                facts: inner(Place::Value),
            },
            "if_enabled" | "if_disabled" => RuleKind::IfFeature {
                feature: marker.text("feature").unwrap_or_default(),
                enabled: marker.def.name == "if_enabled",
                facts: inner(Place::Value),
            },
            "alpha" | "beta" => RuleKind::Maturity {
                level: match marker.def.name {
                    "alpha" => Maturity::Alpha,
                    _ => Maturity::Beta,
                },
                since: marker.text("since"),
                facts: inner(Place::Value),
            },
            "all_of" => RuleKind::AllOf(self.cases(module, marker)),
            "any_of" => RuleKind::AnyOf(self.cases(module, marker)),
            "one_of" => RuleKind::OneOf(self.cases(module, marker)),
            _ => return None,
        })
    }

    fn cases(&mut self, module: usize, marker: &Use<'_>) -> Vec<Facts> {
        marker
            .cases
            .iter()
            .map(|case| self.inner_facts(module, case, Place::Case))
            .collect()
    }

    /// Facts inside of a scope, where nothing but facts is legal.
    fn inner_facts(&mut self, module: usize, exprs: &[Expr], place: Place) -> Facts {
        self.facts(module, exprs, &[place]).0
    }

    /// `exclusive_minimum` belongs to `minimum`, `exclusive_maximum` to `maximum`.
    fn exclusive_bounds(&mut self, facts: &mut Facts, others: &mut Vec<Use<'_>>) {
        others.retain(|marker| {
            let bound = match marker.def.name {
                "exclusive_minimum" => "minimum",
                "exclusive_maximum" => "maximum",
                _ => return true,
            };
            let flag = facts.rules.iter_mut().find_map(|rule| match &mut rule.kind {
                RuleKind::Minimum { exclusive, .. } if bound == "minimum" => Some(exclusive),
                RuleKind::Maximum { exclusive, .. } if bound == "maximum" => Some(exclusive),
                _ => None,
            });
            match flag {
                Some(exclusive) => *exclusive = true,
                None => self.report.push(
                    Diagnostic::error(
                        "contradicting-markers",
                        marker.name_span,
                        format!("`{}` needs a `{bound}`", marker.def.name),
                    )
                    .help(format!("write `{bound} = .., {}`", marker.def.name)),
                ),
            }
            false
        });
    }

    /// Inside of a scope `required` is a rule of that place; on a field it is its presence.
    fn required_rule(&mut self, places: &[Place], facts: &mut Facts, others: &mut Vec<Use<'_>>) {
        if places.contains(&Place::Field) {
            return;
        }
        others.retain(|marker| {
            if marker.def.name == "required" {
                facts.rules.push(Rule {
                    kind: RuleKind::Required,
                    span: marker.span,
                });
            }
            marker.def.name != "required"
        });
    }
}

/// Where markers stand.
pub(super) fn marker_places(uses: &[Use<'_>]) -> MarkerPlaces {
    uses.iter().map(|marker| (marker.def.name, marker.span)).collect()
}

/// The rule that a marker states by itself.
fn rule(marker: &Use<'_>) -> Option<RuleKind> {
    limit(marker).or_else(|| relation(marker))
}

/// Which values are legal, whatever else there is.
fn limit(marker: &Use<'_>) -> Option<RuleKind> {
    let literal = marker.value.as_ref().and_then(UseValue::literal);
    let text = || literal.and_then(Literal::as_str).map(str::to_owned).unwrap_or_default();
    let count = || match literal {
        Some(Literal::Int(value)) => u64::try_from(*value).unwrap_or_default(),
        _ => 0,
    };
    Some(match marker.def.name {
        "minimum" => RuleKind::Minimum {
            value: number(literal),
            exclusive: false,
        },
        "maximum" => RuleKind::Maximum {
            value: number(literal),
            exclusive: false,
        },
        "multiple_of" => RuleKind::MultipleOf(number(literal)),
        "min_length" => RuleKind::MinLength(count()),
        "max_length" => RuleKind::MaxLength(count()),
        "max_bytes" => RuleKind::MaxBytes(count()),
        "pattern" => RuleKind::Pattern(text()),
        "format" => RuleKind::Format(text()),
        "min_items" => RuleKind::MinItems(count()),
        "max_items" => RuleKind::MaxItems(count()),
        "unique_items" => RuleKind::UniqueItems,
        "min_properties" => RuleKind::MinProperties(count()),
        "max_properties" => RuleKind::MaxProperties(count()),
        "enum_values" => match literal {
            Some(Literal::List(values)) => RuleKind::Enum(values.clone()),
            _ => return None,
        },
        "neq" => RuleKind::Neq(literal?.clone()),
        "forbidden" => RuleKind::Forbidden,
        "opaque" => RuleKind::Opaque,
        _ => return None,
    })
}

/// What a value has to do with others: the old one, those beside it, its own parts.
fn relation(marker: &Use<'_>) -> Option<RuleKind> {
    let fields = || marker.args_named("fields").filter_map(UseValue::text).collect();
    let member = || UnionMember {
        union: marker.text("union"),
        name: marker.text("name"),
    };
    Some(match marker.def.name {
        "cel" => RuleKind::Cel(CelRule {
            rule: marker.text("rule").unwrap_or_default(),
            message: marker.text("message"),
            message_expression: marker.text("message_expression"),
            reason: marker.text("reason"),
            field_path: marker.text("field_path"),
            optional_old_self: marker.switch("optional_old_self").then_some(true),
        }),
        "immutable" => RuleKind::Immutable,
        "monotonic" => RuleKind::Monotonic,
        "update" => RuleKind::Update(update_constraints(marker)),
        "custom_unique" => RuleKind::CustomUnique,
        "unique" => match &marker.value {
            Some(UseValue::List(list)) => RuleKind::Unique(list.clone()),
            _ => return None,
        },
        "at_most_one_of" => RuleKind::AtMostOneOf(fields()),
        "exactly_one_of" => RuleKind::ExactlyOneOf(fields()),
        "at_least_one_of" => RuleKind::AtLeastOneOf(fields()),
        "fields_required" => RuleKind::FieldsRequired(fields()),
        "union_member" => RuleKind::UnionMember(member()),
        "union_discriminator" => RuleKind::UnionDiscriminator(marker.text("union")),
        "zero_or_one_of_member" => RuleKind::ZeroOrOneOfMember(member()),
        "mode_discriminator" => RuleKind::ModeDiscriminator(marker.text("modality")),
        "dependent_required" => RuleKind::DependentRequired(marker.text("sibling").unwrap_or_default()),
        "dependent_forbidden" => RuleKind::DependentForbidden(marker.text("sibling").unwrap_or_default()),
        _ => return None,
    })
}

fn number(literal: Option<&Literal>) -> Number {
    match literal {
        Some(Literal::Int(value)) => Number::Int(*value),
        Some(Literal::Float(value)) => Number::Float(*value),
        _ => Number::Int(0),
    }
}

fn update_constraints(marker: &Use<'_>) -> Vec<UpdateConstraint> {
    let constraint = |(name, _): &(String, UseValue)| match name.as_str() {
        "no_set" => Some(UpdateConstraint::NoSet),
        "no_unset" => Some(UpdateConstraint::NoUnset),
        "no_modify" => Some(UpdateConstraint::NoModify),
        "no_add_item" => Some(UpdateConstraint::NoAddItem),
        "no_remove_item" => Some(UpdateConstraint::NoRemoveItem),
        _ => None,
    };
    marker.args.iter().filter_map(constraint).collect()
}
