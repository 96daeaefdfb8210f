//! What comes of a type and a place together: limits that no value can meet, and defaults that are not legal.

use kgen_model::facts::{Number, SchemaFacts};
use kgen_model::model::FieldLayout;
use kgen_model::{Diagnostic, Facts, Literal, Model, Report, RuleKind, Shape, Span, TypeId, TypeRef};

use crate::schema::{AdditionalProperties, Bound, Limits, Schema};
use crate::structural::SchemaOf;

/// Defaults among the `misfits` have been seen to.
pub(super) fn check(model: &Model, id: TypeId, misfits: &[Diagnostic], report: &mut Report) {
    let schemas = SchemaOf::inline(model);
    let def = model.ty(id);
    let mut place = |name: &str, ty: &TypeRef, facts: &Facts, span: Span, schema: &dyn Fn() -> Schema| {
        if says_nothing(facts) {
            return;
        }
        let said = schemas.facts(ty, facts);
        let default = facts.places.of("default").unwrap_or(span);
        let misfit = misfits.iter().any(|misfit| misfit.span == Some(default));
        let mut place = Place {
            facts,
            span,
            default: (!misfit).then_some(default),
            report,
        };
        place.compare(name, &schema(), &said);
    };
    place(&def.name, &TypeRef::Named(id), &def.facts, def.span, &|| {
        schemas.definition(id)
    });
    match &def.shape {
        Shape::Struct(fields) => {
            for field in fields.iter().filter(|field| field.layout == FieldLayout::Member) {
                place(&field.wire, &field.ty, &field.facts, field.span, &|| {
                    schemas.field(field)
                });
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                if let Some(ty) = &variant.ty {
                    place(&variant.wire, ty, &variant.facts, variant.span, &|| {
                        schemas.place(ty, &variant.facts)
                    });
                }
            }
        }
        Shape::Newtype(_) | Shape::Enum(_) => {}
    }
}

/// Whether a place says nothing that could fail. Most do, and a schema of all that lies below one is dear.
fn says_nothing(facts: &Facts) -> bool {
    let has_values = facts.default.is_some() || facts.schema != SchemaFacts::default();
    !has_values && facts.rules.is_empty() && facts.each.is_none() && facts.subfields.is_empty()
}

/// The least and the greatest count of a limit, with the words for them.
type Counts = (fn(&Limits) -> (Option<u64>, Option<u64>), &'static str, &'static str);

const COUNTS: [Counts; 3] = [
    (
        |limits| (limits.min_length, limits.max_length),
        "min_length",
        "max_length",
    ),
    (|limits| (limits.min_items, limits.max_items), "min_items", "max_items"),
    (
        |limits| (limits.min_properties, limits.max_properties),
        "min_properties",
        "max_properties",
    ),
];

struct Place<'a> {
    facts: &'a Facts,
    span: Span,
    /// Where the default stands, unless it is known to be wrong.
    default: Option<Span>,
    report: &'a mut Report,
}

impl Place<'_> {
    /// Looks at the parts of a schema about which the place says something.
    fn compare(&mut self, name: &str, schema: &Schema, said: &Schema) {
        if said.limits != Limits::default() {
            self.limits(name, schema);
            self.outside(name, schema, said);
        }
        if let Some(span) = self.default
            && let Some(default) = &schema.about.default
            && (said.about.default.is_some() || said.limits != Limits::default())
            && let Some(fault) = super::conform::fault(default, schema)
        {
            let message = format!("the default `{default}` of `{name}` is not legal: {fault}");
            let help = "give another default, or loosen the rule that it breaks";
            self.report
                .push(Diagnostic::error("bad-default", span, message).help(help));
        }
        if let (Some(schema), Some(said)) = (&schema.items, &said.items) {
            self.compare(&format!("{name}[*]"), schema, said);
        }
        if let (Some(AdditionalProperties::Each(schema)), Some(AdditionalProperties::Each(said))) =
            (&schema.additional_properties, &said.additional_properties)
        {
            self.compare(&format!("{name}[*]"), schema, said);
        }
        for (member, said) in &said.properties {
            if let Some(schema) = schema.properties.get(member) {
                self.compare(&format!("{name}.{member}"), schema, said);
            }
        }
    }

    fn limits(&mut self, name: &str, schema: &Schema) {
        let all: Vec<&Limits> = std::iter::once(&schema.limits)
            .chain(schema.logic.all_of.iter().map(|branch| &branch.limits))
            .collect();
        for (counts, min_word, max_word) in COUNTS {
            let least = all.iter().filter_map(|limits| counts(limits).0).max();
            let most = all.iter().filter_map(|limits| counts(limits).1).min();
            if let (Some(least), Some(most)) = (least, most)
                && least > most
            {
                self.contradiction(name, min_word, &least.to_string(), max_word, &most.to_string());
            }
        }
        self.bounds(name, &all);
        let enums: Vec<&Vec<Literal>> = all
            .iter()
            .map(|limits| &limits.enum_)
            .filter(|values| !values.is_empty())
            .collect();
        if let [first, rest @ ..] = enums.as_slice()
            && !first.iter().any(|value| rest.iter().all(|other| other.contains(value)))
        {
            let message = format!("no value of `{name}` is legal: its enums have none in common");
            let help = "name values that the type has";
            self.report
                .push(Diagnostic::error("contradictory-rules", self.span_of(&["enum_values"]), message).help(help));
        }
    }

    /// A bound beyond what the Rust type holds, which has been replaced by that of the type.
    fn outside(&mut self, name: &str, schema: &Schema, said: &Schema) {
        let bounds = [
            (said.limits.minimum, schema.limits.minimum, "minimum"),
            (said.limits.maximum, schema.limits.maximum, "maximum"),
        ];
        for (said, own, word) in bounds {
            if let (Some(said), Some(own)) = (said, own)
                && said != own
            {
                let message = format!(
                    "the `{word}` {} of `{name}` lies outside of its type, whose own is {}",
                    text(said.value),
                    text(own.value)
                );
                let span = self.span_of(&[word]);
                let help = "take it away, or use a wider integer";
                self.report
                    .push(Diagnostic::error("limit-outside-of-type", span, message).help(help));
            }
        }
    }

    fn bounds(&mut self, name: &str, all: &[&Limits]) {
        let least = all
            .iter()
            .filter_map(|limits| limits.minimum)
            .reduce(|a, b| if is_above(b, a) { b } else { a });
        let most = all
            .iter()
            .filter_map(|limits| limits.maximum)
            .reduce(|a, b| if is_below(b, a) { b } else { a });
        let (Some(least), Some(most)) = (least, most) else {
            return;
        };
        let (low, high) = (float(least.value), float(most.value));
        if low > high || (low == high && (least.exclusive || most.exclusive)) {
            self.contradiction(name, "minimum", &text(least.value), "maximum", &text(most.value));
        }
    }

    fn contradiction(&mut self, name: &str, min_word: &str, least: &str, max_word: &str, most: &str) {
        let message =
            format!("no value of `{name}` is legal: its `{min_word}` is {least} and its `{max_word}` is {most}");
        let span = self.span_of(&[min_word, max_word]);
        let help = "the limits of the type and of the field both hold: mend one of them";
        self.report
            .push(Diagnostic::error("contradictory-rules", span, message).help(help));
    }

    /// The last rule of these words that was written here, which is the one that a person would look at.
    fn span_of(&self, words: &[&str]) -> Span {
        last_rule(self.facts, words).unwrap_or(self.span)
    }
}

fn last_rule(facts: &Facts, words: &[&str]) -> Option<Span> {
    let is_it = |kind: &RuleKind| words.contains(&kind.word());
    let here = facts
        .rules
        .iter()
        .filter(|rule| is_it(&rule.kind))
        .map(|rule| rule.span);
    let below = facts
        .each
        .as_deref()
        .into_iter()
        .chain(facts.subfields.iter().map(|(_, facts)| facts));
    here.chain(below.filter_map(|facts| last_rule(facts, words))).last()
}

fn is_above(a: Bound, b: Bound) -> bool {
    let (x, y) = (float(a.value), float(b.value));
    x > y || (x == y && a.exclusive)
}

fn is_below(a: Bound, b: Bound) -> bool {
    let (x, y) = (float(a.value), float(b.value));
    x < y || (x == y && a.exclusive)
}

/// A bound for comparison. Integers beyond 2^53 that differ by little are as good as equal here.
#[expect(clippy::cast_precision_loss, reason = "bounds are compared, not computed with")]
fn float(number: Number) -> f64 {
    match number {
        Number::Int(value) => value as f64,
        Number::Float(value) => value,
    }
}

fn text(number: Number) -> String {
    match number {
        Number::Int(value) => value.to_string(),
        Number::Float(value) => value.to_string(),
    }
}
