//! What facts demand of a value, as expressions in CEL. The value is whatever an expression names, so that rules can be
//! said from afar: of the keys of a map, of a field in one mode, of one element of a list.

mod lists;
mod parts;
mod value;

use kgen_model::{Facts, ListType, Model, Rule, RuleKind, Span, TypeRef};

use super::size::{self, Said};

/// A value that an expression names.
#[derive(Clone, Debug)]
pub(super) struct Subject<'m> {
    pub(super) model: &'m Model,
    pub(super) ty: &'m TypeRef,
    /// The expression.
    pub(super) value: String,
    /// The expression of the value that it replaces, where there is one for sure.
    pub(super) old: Option<String>,
    /// What is said where the value is declared, if the facts are not that.
    pub(super) declared: Option<&'m Facts>,
    /// How many variables are bound around it.
    pub(super) depth: usize,
    /// Whether it is the key of a map, which servers take for short.
    pub(super) is_key: bool,
    /// Whether the limits among the facts are keywords of its schema. Those of a mode or of one element are not, so that
    /// servers do not count with them.
    pub(super) is_limited: bool,
}

/// One rule about a value.
#[derive(Clone, Debug)]
pub(super) struct Demand {
    /// Where the rule was said.
    pub(super) span: Span,
    /// The marker that said it.
    pub(super) word: &'static str,
    /// The rule in CEL; `None` if CEL cannot say it.
    pub(super) condition: Option<Condition>,
}

/// An expression that must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) holds: String,
    /// What to say to those who break it.
    pub(super) message: String,
    /// Whether a person wrote the message, so that nothing is put before it.
    pub(super) by_hand: bool,
    /// What a server estimates that it costs, at most.
    pub(super) work: u64,
}

impl Condition {
    pub(super) fn new(holds: String, message: impl Into<String>, work: u64) -> Self {
        Self {
            work: work.saturating_add(plain_work(&holds)),
            holds,
            message: message.into(),
            by_hand: false,
        }
    }

    /// The same with words around the message.
    pub(super) fn says(mut self, message: impl FnOnce(&str) -> String) -> Self {
        if !self.by_hand {
            self.message = message(&self.message);
        }
        self
    }

    /// The same within a larger expression.
    pub(super) fn within(self, holds: impl FnOnce(&str) -> String, work: impl FnOnce(u64) -> u64) -> Self {
        let (inner, work) = (plain_work(&self.holds), work(self.work));
        let holds = holds(&self.holds);
        Self {
            work: work.saturating_add(plain_work(&holds).saturating_sub(inner)),
            holds,
            ..self
        }
    }
}

/// What the words of an expression cost, however large values are: a unit for each name and each operator.
pub(super) fn plain_work(expression: &str) -> u64 {
    2 + expression.len() as u64 / 4
}

impl<'m> Subject<'m> {
    /// The value that a rule stands with.
    pub(super) fn itself(model: &'m Model, ty: &'m TypeRef) -> Self {
        Self {
            model,
            ty,
            value: "self".to_owned(),
            old: None,
            declared: None,
            depth: 0,
            is_key: false,
            is_limited: true,
        }
    }

    /// All that facts demand, of the value and of what is in it.
    pub(super) fn demands(&self, facts: &Facts) -> Vec<Demand> {
        let rules = facts.rules.iter().flat_map(|rule| self.rule(facts, rule));
        let each = facts.each.iter().flat_map(|each| self.each(facts, each));
        let subfields = facts
            .subfields
            .iter()
            .flat_map(|(wire, said)| self.subfield(wire, said));
        rules
            .chain(self.identity(facts))
            .chain(each)
            .chain(subfields)
            .chain(self.far_demands(facts))
            .collect()
    }

    /// That elements are unique, where no keyword can say it.
    fn identity(&self, facts: &Facts) -> Option<Demand> {
        let by = facts.list.as_ref().filter(|list| **list != ListType::Atomic)?;
        facts.checked_identity()?;
        Some(Demand {
            span: facts.places.of("list").unwrap_or_default(),
            word: "list",
            condition: self.unique(facts, by).and_then(|unique| unique.into_iter().next()),
        })
    }

    /// What facts demand of keys and of single elements, which have no schema of their own.
    pub(super) fn far_demands(&self, facts: &Facts) -> Vec<Demand> {
        let keys = facts.each_key.iter().flat_map(|keys| self.keys(facts, keys));
        let items = facts.items.iter().flat_map(|item| self.item(facts, item));
        keys.chain(items).collect()
    }

    fn rule(&self, facts: &Facts, rule: &Rule) -> Vec<Demand> {
        let conditions = match &rule.kind {
            // Whoever holds the value says these, or code alone does.
            RuleKind::Required
            | RuleKind::Forbidden
            | RuleKind::UnionMember(_)
            | RuleKind::UnionDiscriminator(_)
            | RuleKind::ZeroOrOneOfMember(_)
            | RuleKind::ModeDiscriminator(_)
            | RuleKind::DependentRequired(_)
            | RuleKind::DependentForbidden(_)
            | RuleKind::ValidateWith(_)
            | RuleKind::Opaque
            | RuleKind::CustomUnique
            | RuleKind::IfFeature { .. }
            | RuleKind::Maturity { .. } => Some(Vec::new()),
            kind if !is_checked(kind) => Some(Vec::new()),
            kind => self.conditions(facts, kind),
        };
        let demand = |condition| Demand {
            span: rule.span,
            word: rule.kind.word(),
            condition,
        };
        match conditions {
            Some(conditions) => conditions.into_iter().map(|one| demand(Some(one))).collect(),
            None => vec![demand(None)],
        }
    }

    fn said<'f>(&self, facts: &'f Facts) -> Said<'f>
    where
        'm: 'f,
    {
        let (here, there) = match (self.is_limited, self.declared) {
            (true, declared) => (Some(facts), declared),
            (false, declared) => (declared, None),
        };
        Said { here, there }
    }

    /// The bytes of a text, at most.
    fn length(&self, facts: &Facts) -> u64 {
        if self.is_key {
            return 0;
        }
        size::of_text(self.model, self.ty, self.said(facts))
    }

    fn wire(&self) -> &'m TypeRef {
        self.model.wire_type(self.ty)
    }

    fn is_text(&self) -> bool {
        match self.wire() {
            TypeRef::String => true,
            TypeRef::Named(id) => matches!(self.model.ty(*id).shape, kgen_model::Shape::Enum(_)),
            _ => false,
        }
    }

    fn is_container(&self) -> bool {
        matches!(self.wire(), TypeRef::List(_) | TypeRef::Array(..) | TypeRef::Map { .. })
    }

    fn variable(&self) -> &'static str {
        self.variables()[0]
    }

    /// Names that are not bound yet.
    fn variables(&self) -> [&'static str; 2] {
        const NAMES: [&str; 8] = ["x", "y", "z", "u", "v", "w", "p", "q"];
        let at = self.depth.min(NAMES.len() - 2);
        [NAMES[at], NAMES[at + 1]]
    }
}

fn map(demands: Vec<Demand>, condition: impl Fn(Condition) -> Condition) -> Vec<Demand> {
    let demands = demands.into_iter();
    demands
        .map(|demand| Demand {
            condition: demand.condition.map(&condition),
            ..demand
        })
        .collect()
}

/// Whether a rule says anything at all.
fn is_checked(rule: &RuleKind) -> bool {
    match rule {
        RuleKind::MinLength(count) | RuleKind::MinItems(count) | RuleKind::MinProperties(count) => *count > 0,
        _ => true,
    }
}
