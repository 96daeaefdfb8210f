//! What rules demand of one value.

use kgen_model::facts::{CelRule, Number};
use kgen_model::{Builtin, Facts, ListType, Literal, RuleKind, TypeRef};

use super::super::cel::{self, HowMany};
use super::super::formats;
use super::{Condition, Subject, plain_work};

impl<'m> Subject<'m> {
    /// One rule in CEL; `None` if CEL cannot say it.
    pub(in crate::structural) fn conditions(&self, facts: &Facts, rule: &RuleKind) -> Option<Vec<Condition>> {
        let value = self.value.as_str();
        let one = |holds: String, message: String| Some(vec![Condition::new(holds, message, 0)]);
        match rule {
            RuleKind::Minimum {
                value: bound,
                exclusive,
            } => self.compare(if *exclusive { ">" } else { ">=" }, *bound),
            RuleKind::Maximum {
                value: bound,
                exclusive,
            } => self.compare(if *exclusive { "<" } else { "<=" }, *bound),
            RuleKind::MultipleOf(Number::Int(of)) if matches!(self.wire(), TypeRef::Int(_)) => {
                one(format!("{value} % {of} == 0"), format!("must be a multiple of {of}"))
            }
            RuleKind::MinLength(count) if self.is_text() => one(
                format!("size({value}) >= {count}"),
                format!("must have at least {count} characters"),
            ),
            RuleKind::MaxLength(count) if self.is_text() => Some(vec![self.max_length(*count)]),
            RuleKind::MaxBytes(count) if self.is_text() => Some(vec![self.max_bytes(facts, *count)]),
            RuleKind::Pattern(pattern) if self.is_text() => Some(vec![self.matches(facts, pattern)]),
            RuleKind::Format(name) if self.is_text() => self.format(facts, name),
            RuleKind::MinItems(count) | RuleKind::MinProperties(count) if self.is_container() => one(
                format!("size({value}) >= {count}"),
                format!("must have at least {count} items"),
            ),
            RuleKind::MaxItems(count) | RuleKind::MaxProperties(count) if self.is_container() => one(
                format!("size({value}) <= {count}"),
                format!("may not have more than {count} items"),
            ),
            RuleKind::Enum(values) => self.one_of(values),
            RuleKind::Neq(other) => {
                let text = self.constant(other)?;
                one(format!("{value} != {text}"), format!("must not be equal to {other}"))
            }
            RuleKind::Unique(by) => self.unique(facts, by),
            RuleKind::UniqueItems => self.unique(facts, &ListType::Set),
            RuleKind::AtMostOneOf(names) => self.count_set(HowMany::OneOrNone, names),
            RuleKind::ExactlyOneOf(names) => self.count_set(HowMany::One, names),
            RuleKind::AtLeastOneOf(names) => self.count_set(HowMany::OneOrMore, names),
            RuleKind::FieldsRequired(names) => self.has_all(names),
            RuleKind::Immutable | RuleKind::Monotonic | RuleKind::Update(_) => self.change(facts, rule),
            RuleKind::Cel(rule) => self.own_rule(rule),
            RuleKind::AllOf(cases) => {
                let all = cases.iter().map(|case| self.case(case)).collect::<Option<Vec<_>>>()?;
                Some(all.into_iter().flatten().collect())
            }
            RuleKind::AnyOf(cases) => self.cases(cases, |cases| cases.join(" || "), "must match one of the cases"),
            RuleKind::OneOf(cases) => self.cases(
                cases,
                |cases| format!("[{}].exists_one(holds, holds)", cases.join(", ")),
                "must match exactly one of the cases",
            ),
            RuleKind::Not(case) => self.cases(
                std::slice::from_ref(&**case),
                |cases| format!("!({})", cases.concat()),
                "may not match the case",
            ),
            _ => None,
        }
    }

    fn has_all(&self, names: &[String]) -> Option<Vec<Condition>> {
        let names: Option<Vec<_>> = names.iter().map(|name| cel::field_name(name)).collect();
        let names = names?;
        let has: Vec<_> = names.iter().map(|name| format!("has({}.{name})", self.value)).collect();
        let message = format!("must have {}", names.join(" and "));
        Some(vec![Condition::new(has.join(" && "), message, 0)])
    }

    /// A rule that is CEL already, about this value.
    fn own_rule(&self, rule: &CelRule) -> Option<Vec<Condition>> {
        let holds = cel::about(&rule.rule, &self.value, self.old.as_deref())?;
        let message = rule.message.clone();
        let message = message.unwrap_or_else(|| format!("must follow `{}`", rule.rule));
        let work = 9 * plain_work(&holds);
        Some(vec![Condition::new(format!("({holds})"), message, work)])
    }

    /// A constant of the value's type. CEL does not compare integers with floating point numbers.
    fn constant(&self, value: &Literal) -> Option<String> {
        match (self.wire(), value) {
            (TypeRef::Float(_), Literal::Int(value)) => Some(format!("{value}.0")),
            _ => cel::literal(value),
        }
    }

    fn compare(&self, operator: &str, bound: Number) -> Option<Vec<Condition>> {
        let value = &self.value;
        let words = match operator {
            ">" => "greater than",
            ">=" => "greater than or equal to",
            "<" => "less than",
            _ => "less than or equal to",
        };
        let text = match (self.wire(), bound) {
            (TypeRef::Float(_), Number::Int(bound)) => format!("{bound}.0"),
            (TypeRef::Int(_), Number::Int(bound)) => i64::try_from(bound).ok()?.to_string(),
            (TypeRef::Float(_), Number::Float(bound)) => format!("{bound:?}"),
            (TypeRef::Builtin(Builtin::IntOrString), Number::Int(bound)) => i64::try_from(bound).ok()?.to_string(),
            _ => return None,
        };
        let holds = match self.wire() {
            TypeRef::Builtin(_) => format!("(type({value}) != int || {value} {operator} {text})"),
            _ => format!("{value} {operator} {text}"),
        };
        let message = format!("must be {words} {}", cel::number(bound));
        Some(vec![Condition::new(holds, message, 0)])
    }

    fn max_length(&self, count: u64) -> Condition {
        let holds = format!("size({}) <= {count}", self.value);
        Condition::new(holds, format!("may not have more than {count} characters"), 0)
    }

    /// At most so many bytes of UTF-8.
    fn max_bytes(&self, facts: &Facts, count: u64) -> Condition {
        let holds = format!("size(bytes({})) <= {count}", self.value);
        let work = self.length(facts) / 10;
        Condition::new(holds, format!("may not have more than {count} bytes"), work)
    }

    fn matches(&self, facts: &Facts, pattern: &str) -> Condition {
        let holds = format!("{}.matches({})", self.value, cel::string(pattern));
        let length = self.length(facts);
        let work = (length / 10 + 1).saturating_mul(pattern.len() as u64 / 4 + 1);
        Condition::new(holds, format!("must match `{pattern}`"), work)
    }

    fn format(&self, facts: &Facts, name: &str) -> Option<Vec<Condition>> {
        let Some(format) = formats::known(name) else {
            // What the value's type says anyway needs no rule.
            return is_format_of_type(name).then(Vec::new);
        };
        let form = Condition {
            message: format!("must be {}", format.noun),
            ..self.matches(facts, format.pattern)
        };
        let length = format.max_length.map(|count| self.max_length(count));
        Some(
            length
                .into_iter()
                .chain([form])
                .chain(self.rest_of_format(facts, name))
                .collect(),
        )
    }

    /// What a format demands besides its pattern and its length.
    pub(in crate::structural) fn rest_of_format(&self, facts: &Facts, name: &str) -> Vec<Condition> {
        let value = self.value.as_str();
        let work = self.length(facts) / 10;
        formats::conditions(name)
            .iter()
            .map(|(holds, message)| Condition::new(holds.replace("self", value), *message, work))
            .collect()
    }

    fn one_of(&self, values: &[Literal]) -> Option<Vec<Condition>> {
        if values.is_empty() {
            return Some(Vec::new());
        }
        let texts = values
            .iter()
            .map(|value| self.constant(value))
            .collect::<Option<Vec<_>>>()?;
        let list = Literal::List(values.to_vec());
        let holds = format!("{} in [{}]", self.value, texts.join(", "));
        Some(vec![Condition::new(holds, format!("must be one of {list}"), 0)])
    }

    fn count_set(&self, how_many: HowMany, names: &[String]) -> Option<Vec<Condition>> {
        let (holds, message) = cel::count_set_of(&self.value, how_many, names)?;
        Some(vec![Condition::new(holds, message, 0)])
    }

    /// The cases of schema logic, each as one expression.
    fn cases(
        &self,
        cases: &[Facts],
        combine: impl FnOnce(&[String]) -> String,
        message: &str,
    ) -> Option<Vec<Condition>> {
        let cases = cases.iter().map(|case| self.case(case)).collect::<Option<Vec<_>>>()?;
        let work = cases.iter().flatten().map(|one| one.work).fold(0, u64::saturating_add);
        let all = |case: &Vec<Condition>| match case.as_slice() {
            [] => "true".to_owned(),
            case => {
                let texts: Vec<_> = case.iter().map(|one| format!("({})", one.holds)).collect();
                format!("({})", texts.join(" && "))
            }
        };
        let texts: Vec<String> = cases.iter().map(all).collect();
        Some(vec![Condition::new(combine(&texts), message, work)])
    }

    fn case(&self, case: &Facts) -> Option<Vec<Condition>> {
        self.demands(case).into_iter().map(|demand| demand.condition).collect()
    }
}

/// Formats that name the type that the value has anyway.
fn is_format_of_type(name: &str) -> bool {
    matches!(
        name,
        "int32" | "int64" | "float" | "double" | "password" | "int-or-string"
    )
}
