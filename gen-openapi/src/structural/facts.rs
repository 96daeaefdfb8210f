//! What is said at one place as a schema, which is then merged onto what the type says.

use kgen_model::analysis::Zero;
use kgen_model::facts::{IntOrString, SchemaFacts, UpdateConstraint};
use kgen_model::{Facts, Literal, Rule, RuleKind, Shape, TypeRef};

use super::demand::{Condition, Demand, Subject};
use super::{SchemaOf, builtin, enums, formats, imposed, replaces_type, size};
use crate::schema::{About, AdditionalProperties, Bound, JsonType, Kubernetes, Limits, Schema, limit, merge};
use kgen_model::analysis::member;

impl SchemaOf<'_> {
    /// The facts of one place, and of the places below that it speaks of.
    pub(super) fn overlay(&self, ty: &TypeRef, facts: &Facts) -> Schema {
        self.overlay_beside(ty, facts, None)
    }

    /// The same beside what is said where the value is declared, which tells how large it can be.
    fn overlay_beside(&self, ty: &TypeRef, facts: &Facts, declared: Option<&Facts>) -> Schema {
        let Facts {
            description,
            title,
            external_docs,
            example,
            default,
            schema,
            list,
            map,
            patch,
            rules,
            each,
            each_key: _, // Nor have keys.
            subfields,
            items: _, // Elements by key have no schema of their own.
            extensions,
            places: _,
        } = facts;
        let mut over = shape(schema);
        over.about = About {
            description: description.clone(),
            title: title.clone(),
            external_docs: external_docs.clone(),
            example: example.clone(),
            default: default.clone(),
        };
        over.stands_alone = replaces_type(schema);
        over.kubernetes.list_type.clone_from(list);
        over.kubernetes.map_type = *map;
        if !self.writes_cel() {
            // The schema of a CRD has no place for these.
            over.kubernetes.patch_strategy.clone_from(&patch.strategy);
            over.kubernetes.patch_merge_key.clone_from(&patch.merge_key);
            over.extensions.clone_from(extensions);
        }
        for rule in rules {
            self.add_rule(&mut over, (ty, declared), facts, rule);
        }
        self.require_more_than_zero(&mut over, ty, facts);
        if let Some(each) = each {
            self.add_each(
                &mut over,
                ty,
                each,
                declared.and_then(|declared| declared.each.as_deref()),
            );
        }
        if self.writes_cel() {
            self.add_far_rules(&mut over, ty, facts);
        }
        for (wire, facts) in subfields {
            self.add_subfield(&mut over, ty, wire, facts);
        }
        over
    }

    /// A plain value that is marked `required` is not empty.
    fn require_more_than_zero(&self, over: &mut Schema, ty: &TypeRef, facts: &Facts) {
        let is_required = facts.rule_kinds().any(|rule| *rule == RuleKind::Required);
        let Some(zero) = self.model.forbidden_zero(ty, facts).filter(|_| is_required) else {
            return;
        };
        let at_least_one = |count: &mut Option<u64>| *count = Some((*count).unwrap_or_default().max(1));
        match zero {
            Zero::Text => at_least_one(&mut over.limits.min_length),
            Zero::List => at_least_one(&mut over.limits.min_items),
            Zero::Map => at_least_one(&mut over.limits.min_properties),
            Zero::False => add(over, |schema| schema.limits.enum_ = vec![Literal::Bool(true)]),
            Zero::Int | Zero::Float => forbid(over, vec![Literal::Int(0)]),
        }
    }

    /// Facts about a member of the type. One that the type does not have was refused.
    fn add_subfield(&self, over: &mut Schema, ty: &TypeRef, wire: &str, facts: &Facts) {
        let Some(member) = member(self.model, ty, wire) else {
            return;
        };
        let below = self.overlay_beside(member.ty, facts, member.facts);
        add(over, |schema| schema.properties.extend([(wire.to_owned(), below)]));
        if facts.rule_kinds().any(|rule| *rule == RuleKind::Required) {
            over.require(wire);
        }
        if self.writes_cel() {
            let rules = imposed::of_subfield(self.model, &member, facts);
            rules.into_iter().for_each(|rule| over.kubernetes.derive(rule));
        }
    }

    fn add_each(&self, over: &mut Schema, ty: &TypeRef, each: &Facts, declared: Option<&Facts>) {
        match self.model.wire_type(ty) {
            TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                let mut items = self.overlay_beside(inner, each, declared);
                self.add_later(&mut items, inner, each);
                over.items = Some(Box::new(items));
            }
            TypeRef::Map { kind: _, key: _, value } => {
                let mut values = self.overlay_beside(value, each, declared);
                self.add_later(&mut values, value, each);
                over.additional_properties = Some(AdditionalProperties::Each(Box::new(values)));
            }
            TypeRef::Bool
            | TypeRef::Int(_)
            | TypeRef::Float(_)
            | TypeRef::String
            | TypeRef::Builtin(_)
            | TypeRef::Named(_)
            | TypeRef::Option(_)
            | TypeRef::Boxed(_) => {}
        }
    }

    fn add_rule(&self, over: &mut Schema, of: (&TypeRef, Option<&Facts>), facts: &Facts, said: &Rule) {
        let (ty, rule) = (of.0, &said.kind);
        match rule {
            RuleKind::Minimum { .. }
            | RuleKind::Maximum { .. }
            | RuleKind::MultipleOf(_)
            | RuleKind::MinLength(_)
            | RuleKind::MaxLength(_)
            | RuleKind::Pattern(_)
            | RuleKind::MinItems(_)
            | RuleKind::MaxItems(_)
            | RuleKind::UniqueItems
            | RuleKind::MinProperties(_)
            | RuleKind::MaxProperties(_)
            | RuleKind::Enum(_)
            | RuleKind::FieldsRequired(_) => limit(over, limits(rule)),
            RuleKind::Format(name) => self.add_format(over, ty, facts, said, name),
            RuleKind::AllOf(cases) => over.logic.all_of.extend(self.cases(ty, cases)),
            RuleKind::AnyOf(cases) => add(over, |schema| schema.logic.any_of = self.cases(ty, cases)),
            RuleKind::OneOf(cases) => add(over, |schema| schema.logic.one_of = self.cases(ty, cases)),
            RuleKind::Not(case) => add(over, |schema| schema.logic.not = Some(Box::new(self.case(ty, case)))),
            RuleKind::Cel(rule) => over.kubernetes.validations.push(rule.clone()),
            RuleKind::OnUpdate(later) => self.add_on_update(over, of, later),
            RuleKind::MaxBytes(_)
            | RuleKind::Immutable
            | RuleKind::Neq(_)
            | RuleKind::Monotonic
            | RuleKind::Update(_)
            | RuleKind::Unique(_)
            | RuleKind::AtMostOneOf(_)
            | RuleKind::ExactlyOneOf(_)
            | RuleKind::AtLeastOneOf(_) => {
                if self.writes_cel() {
                    self.derive(over, of, facts, said);
                }
                if let (RuleKind::MaxBytes(count), true) = (rule, self.writes_cel()) {
                    // As many characters at most: servers estimate by them what the rule costs.
                    let most = &mut over.limits.max_length;
                    *most = Some((*most).unwrap_or(*count).min(*count));
                }
            }
            // The struct that holds the field says these.
            RuleKind::Required
            | RuleKind::Forbidden
            | RuleKind::UnionMember(_)
            | RuleKind::UnionDiscriminator(_)
            | RuleKind::ZeroOrOneOfMember(_)
            | RuleKind::ModeDiscriminator(_)
            | RuleKind::IfMode { .. }
            | RuleKind::DependentRequired(_)
            | RuleKind::DependentForbidden(_) => {}
            // Code checks these, and so do not schemas.
            RuleKind::ValidateWith(_)
            | RuleKind::Opaque
            | RuleKind::CustomUnique
            | RuleKind::IfFeature { .. }
            | RuleKind::Maturity { .. } => {}
        }
    }

    /// A rule without a keyword, in CEL.
    fn derive(&self, over: &mut Schema, (ty, declared): (&TypeRef, Option<&Facts>), facts: &Facts, said: &Rule) {
        let subject = Subject {
            old: Some("oldSelf".to_owned()),
            declared,
            ..Subject::itself(self.model, ty)
        };
        let kinds = match &said.kind {
            // The struct that holds the value says the others.
            RuleKind::Update(constraints) => {
                let is_here =
                    |one: &&UpdateConstraint| !matches!(one, UpdateConstraint::NoSet | UpdateConstraint::NoUnset);
                let here: Vec<_> = constraints.iter().filter(is_here).collect();
                here.into_iter().map(|one| RuleKind::Update(vec![*one])).collect()
            }
            kind => vec![kind.clone()],
        };
        for kind in kinds {
            let conditions = subject.conditions(facts, &kind);
            let demand = |condition| Demand {
                span: said.span,
                word: said.kind.word(),
                condition,
            };
            let demands: Vec<Demand> = match conditions {
                Some(conditions) => conditions.into_iter().map(|one| demand(Some(of_field(one)))).collect(),
                None => vec![demand(None)],
            };
            demands
                .into_iter()
                .for_each(|demand| over.kubernetes.derive(imposed::of_demand(demand)));
        }
    }

    /// What holds on updates only, where no struct sees the old value too: of elements, and of types wherever they stand.
    /// Servers do not evaluate it for elements that are new.
    pub(super) fn add_later(&self, over: &mut Schema, ty: &TypeRef, facts: &Facts) {
        let later = facts.rule_kinds().filter_map(|rule| match rule {
            RuleKind::OnUpdate(later) if self.writes_cel() => Some(&**later),
            _ => None,
        });
        for later in later {
            let equality = size::of_equality(self.model, ty, Some(facts.into()));
            let unless_same = |condition: Condition| {
                condition.within(
                    |holds| format!("self == oldSelf || {holds}"),
                    |work| work.saturating_add(equality),
                )
            };
            let subject = Subject {
                declared: Some(facts),
                is_limited: false,
                ..Subject::itself(self.model, ty)
            };
            for demand in subject.demands(&imposed::values_only(later)) {
                let condition = demand.condition.map(unless_same);
                over.kubernetes
                    .derive(imposed::of_demand(Demand { condition, ..demand }));
            }
        }
    }

    /// Rules about keys, and about single elements of a list, stand with the map or list.
    fn add_far_rules(&self, over: &mut Schema, ty: &TypeRef, facts: &Facts) {
        let far = Facts {
            rules: facts
                .rules
                .iter()
                .filter(|rule| is_limit_of_size(&rule.kind))
                .cloned()
                .collect(),
            each_key: facts.each_key.clone(),
            items: facts.items.clone(),
            list: facts.list.clone(),
            ..Facts::default()
        };
        if far.each_key.is_none() && far.items.is_empty() {
            return;
        }
        let subject = Subject {
            old: Some("oldSelf".to_owned()),
            ..Subject::itself(self.model, ty)
        };
        let demands = subject.far_demands(&far).into_iter();
        demands.for_each(|demand| over.kubernetes.derive(imposed::of_demand(demand)));
    }

    /// What the type of a map's keys says of each of them: the names of an enum, the rules of newtypes.
    pub(super) fn key_type_rules(&self, map: &TypeRef, key: &TypeRef, facts: Option<&Facts>) -> Vec<imposed::Imposed> {
        let mut said = Facts::default();
        let mut ty = key;
        while let (true, TypeRef::Named(id)) = (self.writes_cel(), ty) {
            let def = self.model.ty(*id);
            said.rules.extend(def.facts.rules.iter().cloned());
            match &def.shape {
                Shape::Newtype(inner) => ty = inner,
                Shape::Enum(enum_) => {
                    let kind = RuleKind::Enum(enums::closed_values(enum_));
                    said.rules.push(Rule { kind, span: def.span });
                    break;
                }
                Shape::Struct(_) | Shape::Union(_) => break,
            }
        }
        let nothing = Facts::default();
        let demands = Subject::itself(self.model, map).of_keys(key, facts.unwrap_or(&nothing), &said);
        demands.into_iter().map(imposed::of_demand).collect()
    }

    /// Cases hold nothing but limits: a structural schema has no CEL rules there.
    fn cases(&self, ty: &TypeRef, cases: &[Facts]) -> Vec<Schema> {
        cases.iter().map(|case| self.case(ty, case)).collect()
    }

    fn case(&self, ty: &TypeRef, case: &Facts) -> Schema {
        let mut schema = self.overlay(ty, case);
        schema.visit_mut(&mut |schema| schema.kubernetes = Kubernetes::default());
        let illegal: Vec<Literal> = case.rule_kinds().filter_map(unequal).cloned().collect();
        if !illegal.is_empty() {
            forbid(&mut schema, illegal);
        }
        schema
    }

    fn add_format(&self, over: &mut Schema, ty: &TypeRef, facts: &Facts, rule: &Rule, name: &str) {
        let form = formats::known(name).filter(|_| self.writes_cel());
        let is_unknown = self.writes_cel() && formats::is_of_kubernetes(name);
        if form.map_or(!is_unknown, |form| form.is_served) {
            add(over, |schema| schema.format = Some(name.to_owned()));
        }
        let Some(form) = form else { return };
        add(over, |schema| schema.limits.pattern = Some(form.pattern.to_owned()));
        let said = over.limits.max_length;
        over.limits.max_length = [said, form.max_length].into_iter().flatten().min();
        for condition in Subject::itself(self.model, ty).rest_of_format(facts, name) {
            let demand = Demand {
                span: rule.span,
                word: rule.kind.word(),
                condition: Some(condition),
            };
            over.kubernetes.derive(imposed::of_demand(demand));
        }
    }

    /// A CEL rule that names `oldSelf` holds on updates only, as do the rules about changes.
    fn add_on_update(&self, over: &mut Schema, of: (&TypeRef, Option<&Facts>), later: &Facts) {
        for rule in later.rules.iter().filter(|rule| is_about_change(&rule.kind)) {
            self.add_rule(over, of, later, rule);
        }
    }
}

/// None of these values is legal.
fn forbid(over: &mut Schema, illegal: Vec<Literal>) {
    let limits = Limits {
        enum_: illegal,
        ..Limits::default()
    };
    add(over, |schema| {
        schema.logic.not = Some(Box::new(Schema {
            limits,
            ..Schema::default()
        }))
    });
}

fn unequal(rule: &RuleKind) -> Option<&Literal> {
    match rule {
        RuleKind::Neq(value) => Some(value),
        _ => None,
    }
}

/// Whether a rule compares with the old value.
pub(super) fn is_about_change(rule: &RuleKind) -> bool {
    match rule {
        RuleKind::Cel(rule) => rule.rule.contains("oldSelf"),
        RuleKind::Immutable | RuleKind::Monotonic | RuleKind::Update(_) => true,
        _ => false,
    }
}

/// Adds keywords of one rule, which both hold if the place says the same keyword twice. Rules in CEL stay in order.
fn add(over: &mut Schema, set: impl FnOnce(&mut Schema)) {
    let mut one = Schema::default();
    set(&mut one);
    *over = merge(std::mem::take(over), one);
}

fn limits(rule: &RuleKind) -> Limits {
    let mut limits = Limits::default();
    match rule {
        RuleKind::Minimum { value, exclusive } => {
            limits.minimum = Some(Bound {
                value: *value,
                exclusive: *exclusive,
            })
        }
        RuleKind::Maximum { value, exclusive } => {
            limits.maximum = Some(Bound {
                value: *value,
                exclusive: *exclusive,
            })
        }
        RuleKind::MultipleOf(of) => limits.multiple_of = Some(*of),
        RuleKind::MinLength(count) => limits.min_length = Some(*count),
        RuleKind::MaxLength(count) => limits.max_length = Some(*count),
        RuleKind::Pattern(pattern) => limits.pattern = Some(pattern.clone()),
        RuleKind::MinItems(count) => limits.min_items = Some(*count),
        RuleKind::MaxItems(count) => limits.max_items = Some(*count),
        RuleKind::UniqueItems => limits.unique_items = true,
        RuleKind::MinProperties(count) => limits.min_properties = Some(*count),
        RuleKind::MaxProperties(count) => limits.max_properties = Some(*count),
        RuleKind::Enum(values) => limits.enum_.clone_from(values),
        RuleKind::FieldsRequired(members) => limits.required.clone_from(members),
        _ => {}
    }
    limits
}

/// How the place departs from what the type says.
fn shape(facts: &SchemaFacts) -> Schema {
    let SchemaFacts {
        type_,
        format,
        schemaless: _, // Takes away, and adds nothing.
        nullable,
        int_or_string,
        embedded_resource,
        preserve_unknown_fields,
        additional_properties,
    } = facts;
    let mut over = match int_or_string {
        Some(IntOrString::Spelled) => builtin::int_or_string(),
        Some(IntOrString::Bare) => builtin::bare_int_or_string(),
        None => Schema::default(),
    };
    over.additional_properties = additional_properties.map(AdditionalProperties::Allowed);
    over.type_ = type_
        .as_deref()
        .and_then(JsonType::named)
        .or(embedded_resource.then_some(JsonType::Object));
    over.format.clone_from(format);
    over.nullable = *nullable;
    over.kubernetes.embedded_resource = *embedded_resource;
    over.kubernetes.preserve_unknown_fields = *preserve_unknown_fields;
    over
}

/// The messages of rules about the old value speak of the field.
fn of_field(condition: Condition) -> Condition {
    let speaks_of_field = |message: &str| {
        ["is ", "cannot ", "may not be "]
            .iter()
            .any(|word| message.starts_with(word))
    };
    condition.says(|message| match speaks_of_field(message) {
        true => format!("field {message}"),
        false => message.to_owned(),
    })
}

fn is_limit_of_size(rule: &RuleKind) -> bool {
    matches!(rule, RuleKind::MaxItems(_) | RuleKind::MaxProperties(_))
}
