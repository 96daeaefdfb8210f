//! Reads the words behind a name in the tables. Most are the vocabulary's own (`max_length=63`); some say how the Rust
//! type in k8s-openapi departs from the rule.

use crate::facts::{Facts, ListType, MapType, Number, Rule, RuleKind};
use crate::literal::Literal;
use crate::span::Span;

/// How a Rust field, or the traits of a Rust type, depart from the rule in k8s-openapi.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Departures {
    /// The field is required although the published document says otherwise.
    pub(super) required: bool,
    /// How the field is held.
    pub(super) holder: Option<Holder>,
    /// The type has no `Default`.
    pub(super) no_default: bool,
    /// The type has no `DeepMerge`.
    pub(super) no_merge: bool,
}

/// How a field is held, if not by the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// Bare, although it may be absent.
    Plain,
    /// In an `Option`, although it must be present.
    Option,
    /// In an `Option` of a `Box`.
    Boxed,
}

/// Adds what the words say. `None` if one is unknown.
pub(super) fn read(words: impl Iterator<Item = &'static str>, facts: &mut Facts) -> Option<Departures> {
    let mut departures = Departures::default();
    for word in words {
        match word.split_once('=') {
            Some((name, value)) => fact(name, value, facts)?,
            None => flag(word, facts, &mut departures)?,
        }
    }
    Some(departures)
}

fn flag(word: &str, facts: &mut Facts, departures: &mut Departures) -> Option<()> {
    match word {
        "immutable" => rule(facts, RuleKind::Immutable),
        "required" => departures.required = true,
        "plain" => departures.holder = Some(Holder::Plain),
        "option" => departures.holder = Some(Holder::Option),
        "boxed" => departures.holder = Some(Holder::Boxed),
        "no_default" => departures.no_default = true,
        "no_merge" => departures.no_merge = true,
        _ => return None,
    }
    Some(())
}

fn fact(name: &str, value: &str, facts: &mut Facts) -> Option<()> {
    match name {
        "list" => facts.list = Some(list_type(value)?),
        "map" => facts.map = Some(map_type(value)?),
        "patch" => facts.patch.strategy = Some(value.to_owned()),
        "key" => facts.patch.merge_key = Some(value.to_owned()),
        "default" => facts.default = Some(literal(value)?),
        "minimum" => rule(
            facts,
            RuleKind::Minimum {
                value: Number::Int(value.parse().ok()?),
                exclusive: false,
            },
        ),
        "min_length" => rule(facts, RuleKind::MinLength(value.parse().ok()?)),
        "max_length" => rule(facts, RuleKind::MaxLength(value.parse().ok()?)),
        "pattern" => rule(facts, RuleKind::Pattern(value.to_owned())),
        "enum_values" => rule(facts, RuleKind::Enum(value.split(',').map(Literal::from).collect())),
        _ => return None,
    }
    Some(())
}

fn rule(facts: &mut Facts, kind: RuleKind) {
    facts.rules.push(Rule {
        kind,
        span: Span::default(),
    });
}

fn list_type(value: &str) -> Option<ListType> {
    match value {
        "atomic" => Some(ListType::Atomic),
        "set" => Some(ListType::Set),
        _ => value
            .strip_prefix("map:")
            .map(|keys| ListType::Map(keys.split(',').map(str::to_owned).collect())),
    }
}

fn map_type(value: &str) -> Option<MapType> {
    match value {
        "atomic" => Some(MapType::Atomic),
        "granular" => Some(MapType::Granular),
        _ => None,
    }
}

/// `true`, `1` or `"text"` without escapes.
fn literal(value: &str) -> Option<Literal> {
    if let Some(text) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return Some(Literal::from(text));
    }
    value
        .parse()
        .map(Literal::Bool)
        .or_else(|_| value.parse().map(Literal::Int))
        .ok()
}
