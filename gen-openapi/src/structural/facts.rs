//! What is said at one place as a schema, which is then merged onto what the type says.

use kgen_model::analysis::Zero;
use kgen_model::facts::{CelRule, IntOrString, Number, SchemaFacts, UpdateConstraint};
use kgen_model::{Facts, ListType, Literal, Rule, RuleKind, Shape, TypeRef};

use super::{SchemaOf, builtin, cel, enums, formats, imposed, member, replaces_type};
use crate::schema::{About, AdditionalProperties, Bound, JsonType, Kubernetes, Limits, Schema, limit, merge};

impl SchemaOf<'_> {
    /// The facts of one place, and of the places below that it speaks of.
    pub(super) fn overlay(&self, ty: &TypeRef, facts: &Facts) -> Schema {
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
            each_key,
            subfields,
            items: _, // Elements by key have no place in a schema.
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
            self.add_rule(&mut over, ty, facts, &rule.kind);
        }
        self.require_more_than_zero(&mut over, ty, facts);
        if let Some(each) = each {
            self.add_each(&mut over, ty, each);
        }
        if let (Some(each_key), true) = (each_key, self.writes_cel()) {
            over.kubernetes.validations.extend(each_key_rules(facts, each_key));
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
        let below = self.overlay(member.ty, facts);
        add(over, |schema| schema.properties.extend([(wire.to_owned(), below)]));
        if facts.rule_kinds().any(|rule| *rule == RuleKind::Required) {
            over.require(wire);
        }
        if self.writes_cel() {
            over.kubernetes
                .validations
                .extend(imposed::of_subfield(self.model, &member, facts));
        }
    }

    fn add_each(&self, over: &mut Schema, ty: &TypeRef, each: &Facts) {
        match self.model.wire_type(ty) {
            TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                over.items = Some(Box::new(self.overlay(inner, each)));
            }
            TypeRef::Map { kind: _, key: _, value } => {
                over.additional_properties = Some(AdditionalProperties::Each(Box::new(self.overlay(value, each))));
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

    fn add_rule(&self, over: &mut Schema, ty: &TypeRef, facts: &Facts, rule: &RuleKind) {
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
            RuleKind::Format(name) => self.add_format(over, name),
            RuleKind::AllOf(cases) => over.logic.all_of.extend(self.cases(ty, cases)),
            RuleKind::AnyOf(cases) => add(over, |schema| schema.logic.any_of = self.cases(ty, cases)),
            RuleKind::OneOf(cases) => add(over, |schema| schema.logic.one_of = self.cases(ty, cases)),
            RuleKind::Not(case) => add(over, |schema| schema.logic.not = Some(Box::new(self.case(ty, case)))),
            RuleKind::Cel(rule) => over.kubernetes.validations.push(rule.clone()),
            RuleKind::OnUpdate(later) => self.add_on_update(over, ty, later),
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
                    let is_map = matches!(self.model.wire_type(ty), TypeRef::Map { .. });
                    over.kubernetes.validations.extend(derived(rule, facts, is_map));
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

    /// What the type of a map's keys says of each of them: the names of an enum, the rules of newtypes.
    pub(super) fn key_type_rules(&self, key: &TypeRef, facts: Option<&Facts>) -> Vec<CelRule> {
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
        each_key_rules(facts.unwrap_or(&nothing), &said)
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

    fn add_format(&self, over: &mut Schema, name: &str) {
        let form = formats::known(name).filter(|_| self.writes_cel());
        let is_unknown = self.writes_cel() && formats::is_of_kubernetes(name);
        if form.map_or(!is_unknown, |form| form.is_served) {
            add(over, |schema| schema.format = Some(name.to_owned()));
        }
        let Some(form) = form else { return };
        add(over, |schema| schema.limits.pattern = Some(form.pattern.to_owned()));
        let said = over.limits.max_length;
        over.limits.max_length = [said, form.max_length].into_iter().flatten().min();
    }

    /// A CEL rule that names `oldSelf` holds on updates only, as do the rules about changes.
    fn add_on_update(&self, over: &mut Schema, ty: &TypeRef, later: &Facts) {
        for rule in later.rule_kinds().filter(|rule| is_about_change(rule)) {
            self.add_rule(over, ty, later, rule);
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

/// Rules that no keyword says, in CEL. `facts` are those of the whole place.
fn derived(rule: &RuleKind, facts: &Facts, is_map: bool) -> Vec<CelRule> {
    match rule {
        RuleKind::MaxBytes(count) => vec![cel::max_bytes(*count, "self").into()],
        RuleKind::Immutable => vec![cel::rule("self == oldSelf", "field is immutable")],
        RuleKind::Neq(other) => cel::not_equal(other, "self").into_iter().map(CelRule::from).collect(),
        RuleKind::Monotonic => vec![cel::rule("self >= oldSelf", "field may not be decreased")],
        RuleKind::Update(constraints) => constraints
            .iter()
            .filter_map(|one| update(*one, facts, is_map))
            .collect(),
        RuleKind::Unique(ListType::Set) if facts.are_few_and_small() => {
            vec![cel::rule(
                "self.all(x, self.exists_one(y, x == y))",
                "items must be unique",
            )]
        }
        RuleKind::AtMostOneOf(members) => Vec::from_iter(cel::count_set(cel::HowMany::OneOrNone, members)),
        RuleKind::ExactlyOneOf(members) => Vec::from_iter(cel::count_set(cel::HowMany::One, members)),
        RuleKind::AtLeastOneOf(members) => Vec::from_iter(cel::count_set(cel::HowMany::OneOrMore, members)),
        _ => Vec::new(),
    }
}

fn update(constraint: UpdateConstraint, facts: &Facts, is_map: bool) -> Option<CelRule> {
    // A map's keys, or the values of a list that each may be compared with each.
    let is_affordable = is_map || facts.are_few() && matches!(facts.list, None | Some(ListType::Set));
    match constraint {
        UpdateConstraint::NoModify => Some(cel::rule("self == oldSelf", "field cannot be modified once set")),
        UpdateConstraint::NoAddItem => {
            is_affordable.then(|| cel::rule("self.all(x, x in oldSelf)", "items may not be added"))
        }
        UpdateConstraint::NoRemoveItem => {
            is_affordable.then(|| cel::rule("oldSelf.all(x, x in self)", "items may not be removed"))
        }
        // The struct that holds the field says these.
        UpdateConstraint::NoSet | UpdateConstraint::NoUnset => None,
    }
}

fn each_key_rules(facts: &Facts, each_key: &Facts) -> Vec<CelRule> {
    let is_affordable = |condition: &cel::Condition| !condition.holds.contains(".matches(") || facts.are_few();
    let conditions = cel::conditions(each_key, "key").into_iter().filter(is_affordable);
    conditions
        .map(|condition| {
            cel::rule(
                format!("self.all(key, {})", condition.holds),
                format!("each key {}", condition.message),
            )
        })
        .collect()
}

/// What CEL rules over elements cost depends on how many there can be: an API server refuses a CRD whose rules could
/// become too dear.
pub(crate) trait Affordable {
    /// Whether at most so many elements are allowed that each may be looked at for each.
    fn are_few(&self) -> bool;
    /// Whether moreover each is of limited size.
    fn are_few_and_small(&self) -> bool;
}

impl Affordable for Facts {
    fn are_few(&self) -> bool {
        self.rule_kinds().any(|rule| match rule {
            RuleKind::MaxItems(count) | RuleKind::MaxProperties(count) => *count <= 256,
            _ => false,
        })
    }

    fn are_few_and_small(&self) -> bool {
        let is_small = |each: &Facts| {
            each.rule_kinds().any(|rule| match rule {
                RuleKind::MaxLength(count) | RuleKind::MaxBytes(count) => *count <= 256,
                RuleKind::Enum(_) => true,
                RuleKind::Maximum { value, .. } => *value >= Number::Int(0),
                _ => false,
            })
        };
        self.are_few() && self.each.as_deref().is_some_and(is_small)
    }
}
