//! What is done with the value of one place: rules that end it first, then the others, then what is below.

use kgen_model::analysis::{SetTest, Zero};
use kgen_model::facts::ItemFacts;
use kgen_model::{Facts, Rule, RuleKind, TypeId, TypeRef};

use super::content::Content;
use super::{Argument, Call, Function, Planner, Step, Takes, Via, rules};

/// What is asked of a value besides the facts of its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Need {
    /// An `Option` must hold something.
    pub(super) required: bool,
    /// When a plain value is set.
    pub(super) test: SetTest,
    /// The rules of the value's type apply.
    pub(super) below: bool,
}

impl Need {
    /// Nothing but what the facts say.
    pub(super) const NOTHING: Self = Self {
        required: false,
        test: SetTest::Always,
        below: false,
    };
}

/// What rules are about: a use of a type, or a type as its own declaration sees it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject<'m> {
    /// A use.
    Use(&'m TypeRef),
    /// A declaration.
    Type(TypeId),
}

impl Subject<'_> {
    fn is_option(self) -> bool {
        match self {
            Self::Use(ty) => ty.is_option(),
            Self::Type(_) => false,
        }
    }
}

/// Which of the rules of a place are planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Those about whether there is a value, and which there was before. When they fail, nothing else is looked at.
    Presence,
    /// Those about a value that end the place when they fail.
    First,
    /// All others.
    Rest,
}

impl<'m> Planner<'m, '_> {
    /// What is done with a value.
    pub(super) fn place(&self, ty: &'m TypeRef, facts: &'m Facts, need: Need) -> Vec<Step<'m>> {
        let mut presence = self.rules(Subject::Use(ty), facts, need, Phase::Presence, Depth::Top);
        let inner = ty.without_option();
        let below = if need.below {
            self.below(inner, Some(facts))
        } else {
            Vec::new()
        };
        let content = self.content(Subject::Use(inner), facts, need, !presence.is_empty(), below);
        let required = need.required || facts.rule_kinds().any(|rule| *rule == RuleKind::Required);
        let content = match (ty.is_option(), need.test) {
            (true, _) if content.is_empty() && !required => Vec::new(),
            (true, _) => vec![Step::Option {
                some: content,
                required,
            }],
            (false, SetTest::Always) => content,
            (false, _) if content.is_empty() => content,
            (false, test) => vec![Step::IfSet { test, steps: content }],
        };
        presence.extend(content);
        cohort(presence)
    }

    /// What is done with a value as the declaration of its type says, then with what it consists of.
    pub(super) fn declaration(&self, id: TypeId, facts: &'m Facts, parts: Vec<Step<'m>>) -> Vec<Step<'m>> {
        let subject = Subject::Type(id);
        let mut steps = self.rules(subject, facts, Need::NOTHING, Phase::Presence, Depth::Top);
        let content = self.content(subject, facts, Need::NOTHING, !steps.is_empty(), parts);
        steps.extend(content);
        cohort(steps)
    }

    /// What is done with a value that is there. Steps that stand before these may end the place.
    fn content(
        &self,
        ty: Subject<'m>,
        facts: &'m Facts,
        need: Need,
        mut is_gated: bool,
        below: Vec<Step<'m>>,
    ) -> Vec<Step<'m>> {
        let mut steps = self.rules(ty, facts, need, Phase::First, Depth::Top);
        is_gated |= !steps.is_empty();
        let mut rest = self.rules(ty, facts, need, Phase::Rest, Depth::Top);
        rest.extend(below);
        if is_gated && !rest.is_empty() {
            steps.push(Step::Gate);
        }
        steps.extend(rest);
        steps
    }

    /// The steps of one phase, in the order of upstream's tags.
    fn rules(&self, ty: Subject<'m>, facts: &'m Facts, need: Need, phase: Phase, depth: Depth) -> Vec<Step<'m>> {
        let mut entries = entries(facts);
        entries.sort_by_key(|entry| entry.tag());
        let mut steps = Vec::new();
        for entry in entries {
            let planned = match (entry, phase) {
                (Entry::Rule(rule), _) => self.rule(ty, facts, rule, need, (phase, depth)),
                (_, Phase::Presence | Phase::First) => Vec::new(),
                (Entry::Each(each), Phase::Rest) => self.on_content(ty, |content| self.each(content, facts, each)),
                (Entry::EachKey(each_key), Phase::Rest) => {
                    self.on_content(ty, |content| self.each_key(content, each_key))
                }
                (Entry::Subfield(wire, said), Phase::Rest) => {
                    self.on_content(ty, |content| self.subfield(content, wire, said))
                }
                (Entry::Item(item), Phase::Rest) => self.on_content(ty, |content| self.item(content, item)),
                (Entry::Unique, Phase::Rest) => self.on_content(ty, |content| self.unique(content, facts)),
            };
            planned.into_iter().for_each(|step| join(&mut steps, step));
        }
        steps
    }

    fn rule(
        &self,
        ty: Subject<'m>,
        facts: &'m Facts,
        rule: &'m Rule,
        need: Need,
        (phase, depth): (Phase, Depth),
    ) -> Vec<Step<'m>> {
        let nested = |inner: &'m Facts| self.rules(ty, inner, need, phase, Depth::Nested);
        if !rule.is_checked() {
            return Vec::new();
        }
        match &rule.kind {
            RuleKind::OnUpdate(inner) => wrapped(nested(inner), Step::OnUpdate),
            RuleKind::IfFeature {
                feature,
                enabled,
                facts,
            } => wrapped(nested(facts), |steps| Step::IfFeature {
                feature,
                enabled: *enabled,
                steps,
            }),
            RuleKind::Maturity { level, since: _, facts } => {
                wrapped(nested(facts), |steps| Step::Level { level: *level, steps })
            }
            // The step for the `Option` sees to it.
            RuleKind::Required if depth == Depth::Top && ty.is_option() => Vec::new(),
            kind if phase_of(kind) != phase => Vec::new(),
            kind => self.leaf(ty, facts, kind, need),
        }
    }

    /// A rule without others in it.
    fn leaf(&self, ty: Subject<'m>, facts: &'m Facts, rule: &'m RuleKind, need: Need) -> Vec<Step<'m>> {
        match rule {
            RuleKind::Required => self.required(ty, facts, need),
            RuleKind::Forbidden => vec![call("rules::forbidden", [Argument::IsSet(set_test(ty, need))])],
            // Nothing tells whether such a value changed.
            RuleKind::Immutable | RuleKind::Update(_) if !self.compares(ty) => Vec::new(),
            RuleKind::Immutable => vec![Step::IfReplaced(vec![call("rules::immutable", [Argument::Operation])])],
            RuleKind::Update(constraints) => self.update(ty, facts, constraints, need),
            RuleKind::ValidateWith(path) => self.function(ty, path),
            RuleKind::AllOf(cases) => cases.iter().flat_map(|case| self.case(ty, case)).collect(),
            RuleKind::AnyOf(cases) => self.cases(ty, "rules::any_of", cases),
            RuleKind::OneOf(cases) => self.cases(ty, "rules::one_of", cases),
            RuleKind::Not(case) => self.cases(ty, "rules::not", std::slice::from_ref(&**case)),
            RuleKind::AtMostOneOf(_)
            | RuleKind::ExactlyOneOf(_)
            | RuleKind::AtLeastOneOf(_)
            | RuleKind::FieldsRequired(_)
            | RuleKind::MinProperties(_)
            | RuleKind::MaxProperties(_) => self.on_content(ty, |content| self.of_members(content, rule)),
            rule => self.on_content(ty, |content| rules::call_of(content, rule)),
        }
    }

    /// That a value is set: a plain one that a struct always writes, if it is not empty.
    fn required(&self, ty: Subject<'m>, facts: &Facts, need: Need) -> Vec<Step<'m>> {
        let required = |test| vec![call("rules::required", [Argument::IsSet(test)])];
        match (set_test(ty, need), ty) {
            (SetTest::Always, Subject::Use(plain)) => match self.model.forbidden_zero(plain, facts) {
                Some(zero) => self.on_content(ty, |_| required(filled_test(zero))),
                None => Vec::new(),
            },
            // What is always set is never missing.
            (SetTest::Always, Subject::Type(_)) => Vec::new(),
            (test, _) => required(test),
        }
    }

    fn compares(&self, ty: Subject<'m>) -> bool {
        match ty {
            Subject::Use(ty) => self.model.is_comparable(ty),
            Subject::Type(id) => self.model.is_comparable(&TypeRef::Named(id)),
        }
    }

    fn cases(&self, ty: Subject<'m>, rule: &'static str, cases: &'m [Facts]) -> Vec<Step<'m>> {
        let cases = cases.iter().map(|case| self.case(ty, case)).collect();
        vec![Step::Cases { rule, cases }]
    }

    fn case(&self, ty: Subject<'m>, case: &'m Facts) -> Vec<Step<'m>> {
        match ty {
            Subject::Use(ty) => self.place(ty, case, Need::NOTHING),
            Subject::Type(id) => self.declaration(id, case, Vec::new()),
        }
    }

    /// A person's own function gets a value without boxes around it.
    fn function(&self, ty: Subject<'m>, path: &str) -> Vec<Step<'m>> {
        let takes = match ty {
            Subject::Use(TypeRef::Option(inner)) => {
                return inside(Via::Option, self.function(Subject::Use(inner), path));
            }
            Subject::Use(TypeRef::Boxed(inner)) => return inside(Via::Box, self.function(Subject::Use(inner), path)),
            Subject::Use(TypeRef::String) => Takes::Text,
            Subject::Use(TypeRef::List(_) | TypeRef::Array(..)) => Takes::Slice,
            Subject::Use(
                TypeRef::Bool
                | TypeRef::Int(_)
                | TypeRef::Float(_)
                | TypeRef::Builtin(_)
                | TypeRef::Named(_)
                | TypeRef::Map { .. },
            )
            | Subject::Type(_) => Takes::Reference,
        };
        vec![Step::Function(Function::new(path, takes))]
    }

    /// Plans for what stands in JSON: what is inside of boxes and newtypes.
    pub(super) fn on_content(&self, ty: Subject<'m>, plan: impl FnOnce(Content<'m>) -> Vec<Step<'m>>) -> Vec<Step<'m>> {
        let (via, content) = match ty {
            Subject::Use(ty) => self.way_to_content(ty),
            Subject::Type(id) => self.way_into(id),
        };
        let steps = plan(content);
        if via.is_empty() || steps.is_empty() {
            return steps;
        }
        vec![Step::Inner { via, steps }]
    }
}

/// Whether a rule stands at its place, or inside of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    Top,
    Nested,
}

/// Something that is said of a place.
#[derive(Clone, Copy)]
enum Entry<'m> {
    Rule(&'m Rule),
    Each(&'m Facts),
    EachKey(&'m Facts),
    Subfield(&'m str, &'m Facts),
    Item(&'m ItemFacts),
    Unique,
}

impl Entry<'_> {
    /// The name of upstream's tag.
    fn tag(&self) -> &'static str {
        match self {
            Self::Rule(rule) => rules::tag(&rule.kind),
            Self::Each(_) => "eachVal",
            Self::EachKey(_) => "eachKey",
            Self::Subfield(..) => "subfield",
            Self::Item(_) => "item",
            Self::Unique => "listType",
        }
    }
}

fn entries(facts: &Facts) -> Vec<Entry<'_>> {
    let rules = facts.rules.iter().map(Entry::Rule);
    let each = facts.each.as_deref().map(Entry::Each);
    let each_key = facts.each_key.as_deref().map(Entry::EachKey);
    let subfields = facts.subfields.iter().map(|(wire, facts)| Entry::Subfield(wire, facts));
    let items = facts.items.iter().map(Entry::Item);
    let unique = facts.checked_identity().map(|_| Entry::Unique);
    rules
        .chain(each)
        .chain(each_key)
        .chain(subfields)
        .chain(items)
        .chain(unique)
        .collect()
}

fn phase_of(rule: &RuleKind) -> Phase {
    match rule {
        RuleKind::Required | RuleKind::Forbidden | RuleKind::Immutable | RuleKind::Update(_) => Phase::Presence,
        RuleKind::MaxItems(_) | RuleKind::MaxProperties(_) => Phase::First,
        _ => Phase::Rest,
    }
}

/// How a plain value is found to differ from its zero.
fn filled_test(zero: Zero) -> SetTest {
    match zero {
        Zero::False => SetTest::True,
        Zero::Int => SetTest::NotZero,
        Zero::Float => SetTest::NotEmpty,
        Zero::Text | Zero::List | Zero::Map => SetTest::Filled,
    }
}

/// How a value of a place is found to be set.
pub(super) fn set_test(ty: Subject<'_>, need: Need) -> SetTest {
    if ty.is_option() { SetTest::Some } else { need.test }
}

pub(super) fn call<'m>(function: &'static str, arguments: impl IntoIterator<Item = Argument<'m>>) -> Step<'m> {
    let arguments = arguments.into_iter().collect();
    Step::Call(Call { function, arguments })
}

/// Steps inside of something, if there are any.
pub(super) fn inside<'m>(via: Via<'m>, steps: Vec<Step<'m>>) -> Vec<Step<'m>> {
    let mut steps = steps;
    if let [Step::Inner { via: more, .. }] = steps.as_mut_slice() {
        more.insert(0, via);
        return steps;
    }
    wrapped(steps, |steps| Step::Inner { via: vec![via], steps })
}

pub(super) fn wrapped<'m>(steps: Vec<Step<'m>>, wrap: impl FnOnce(Vec<Step<'m>>) -> Step<'m>) -> Vec<Step<'m>> {
    if steps.is_empty() { steps } else { vec![wrap(steps)] }
}

/// A cohort of its own, if a gate looks back upon it.
pub(super) fn cohort(steps: Vec<Step<'_>>) -> Vec<Step<'_>> {
    if steps.iter().any(has_gate) {
        vec![Step::Cohort(steps)]
    } else {
        steps
    }
}

fn has_gate(step: &Step<'_>) -> bool {
    match step {
        Step::Gate => true,
        Step::Option { some: steps, .. } | Step::IfSet { steps, .. } => steps.iter().any(has_gate),
        _ => false,
    }
}

/// Adds a step; what is done with the same content is done together.
fn join<'m>(steps: &mut Vec<Step<'m>>, step: Step<'m>) {
    match (steps.last_mut(), step) {
        (Some(Step::Inner { via, steps: before }), Step::Inner { via: same, steps: more }) if *via == same => {
            before.extend(more);
        }
        (_, step) => steps.push(step),
    }
}
