//! What is done with a whole type: what its fields impose on it, then each field or variant.

use std::collections::BTreeMap;

use kgen_emit::rust::path;
use kgen_model::facts::UnionMember;
use kgen_model::model::{EnumDef, Exclusion, FieldLayout, UnionDef};
use kgen_model::{Facts, Field, RuleKind, Shape, TypeDef, TypeId};

use super::content::{Content, plain_way};
use super::members::choice;
use super::place::{Need, call, inside, wrapped};
use super::{Argument, Discriminator, Equal, Excluded, Modes, Planner, SetMember, Step, TagText, TextOf, Via, Way};

impl<'m> Planner<'m, '_> {
    /// What is done with a value of a type.
    pub(super) fn of_type(&self, id: TypeId, ty: &'m TypeDef) -> Vec<Step<'m>> {
        let parts = match &ty.shape {
            Shape::Struct(fields) => self.struct_parts(id, ty, fields),
            Shape::Newtype(inner) => inside(Via::Newtype(ty.newtype_field()), self.below(inner, Some(&ty.facts))),
            Shape::Enum(def) => enum_parts(ty, def),
            Shape::Union(union) => self.union_parts(id, union),
        };
        self.declaration(id, &ty.facts, parts)
    }

    fn struct_parts(&self, id: TypeId, owner: &'m TypeDef, fields: &'m [Field]) -> Vec<Step<'m>> {
        let siblings = Siblings {
            planner: self,
            id,
            owner,
            fields,
        };
        let mut steps = siblings.steps();
        for field in fields.iter().filter(|field| field.layout != FieldLayout::Skipped) {
            let need = Need {
                required: self.model.must_be_set(field),
                test: self.model.set_test(owner, field),
                below: true,
            };
            let done = self.place(&field.ty, &field.facts, need);
            steps.extend(wrapped(done, |done| Step::Member(self.member(owner, field, done))));
        }
        steps
    }

    fn union_parts(&self, id: TypeId, union: &'m UnionDef) -> Vec<Step<'m>> {
        let need = Need {
            below: true,
            ..Need::NOTHING
        };
        let planned = union.variants.iter().filter_map(|variant| {
            let steps = self.place(variant.ty.as_ref()?, &variant.facts, need);
            self.variant(union, variant, steps)
        });
        self.variants(id, union, planned.collect())
    }
}

/// That a value is none of those that are excluded. What an open enum keeps is as legal in code as it is in the schema:
/// that some values never are is a rule of its own there, as is `closed`.
fn enum_parts<'m>(ty: &TypeDef, def: &'m EnumDef) -> Vec<Step<'m>> {
    if !def.is_limited() || !ty.is_generated() {
        return Vec::new();
    }
    let legal = def
        .variants
        .iter()
        .filter(|variant| variant.excluded != Some(Exclusion::Always));
    let names = Argument::Names(legal.map(|variant| variant.wire.as_str()).collect());
    let excluded = def.variants.iter().filter_map(|variant| {
        let (feature, when) = match variant.excluded.as_ref()? {
            Exclusion::Always => return None,
            Exclusion::IfEnabled(feature) => (feature, true),
            Exclusion::IfDisabled(feature) => (feature, false),
        };
        Some(Excluded {
            value: &variant.wire,
            feature,
            when,
        })
    });
    let excluded: Vec<_> = excluded.collect();
    let value = Argument::Text(TextOf::Enum);
    if excluded.is_empty() {
        return vec![call("rules::enum_values", [value, names])];
    }
    let rule = match def.other {
        Some(_) => "rules::enum_excluded",
        None => "rules::enum_values_except",
    };
    let exclusions = Argument::Exclusions(excluded);
    vec![call(rule, [Argument::Operation, value, names, exclusions])]
}

/// The fields of one struct, as rules that one imposes on others see them.
struct Siblings<'p, 'm, 'v> {
    planner: &'p Planner<'m, 'v>,
    id: TypeId,
    owner: &'m TypeDef,
    fields: &'m [Field],
}

impl<'m> Siblings<'_, 'm, '_> {
    /// The steps, in the order of upstream's tags.
    fn steps(&self) -> Vec<Step<'m>> {
        let forbidden = self.dependents("rules::dependent_forbidden", |rule| match rule {
            RuleKind::DependentForbidden(sibling) => Some(sibling),
            _ => None,
        });
        let required = self.dependents("rules::dependent_required", |rule| match rule {
            RuleKind::DependentRequired(sibling) => Some(sibling),
            _ => None,
        });
        let modes = self.members().flat_map(|field| self.modes(field));
        let unions = self.unions(|rule| match rule {
            RuleKind::UnionMember(member) => Some(member),
            _ => None,
        });
        let unions = unions
            .into_iter()
            .map(|(union, members)| match self.discriminator(union) {
                Some(discriminator) => discriminated(discriminator, members),
                None => choice("rules::union", members.into_iter().map(|(_, member)| member).collect()),
            });
        let groups = self.unions(|rule| match rule {
            RuleKind::ZeroOrOneOfMember(member) => Some(member),
            _ => None,
        });
        let groups = groups.into_values().map(|members| {
            let members = members.into_iter().map(|(_, member)| member).collect();
            choice("rules::zero_or_one_of", members)
        });
        forbidden
            .into_iter()
            .chain(required)
            .chain(modes)
            .chain(unions)
            .chain(groups)
            .collect()
    }

    fn members(&self) -> impl Iterator<Item = &'m Field> {
        self.fields.iter().filter(|field| field.layout == FieldLayout::Member)
    }

    fn set_member(&self, field: &'m Field) -> SetMember<'m> {
        self.planner.set_member_of(self.owner, field, Way::new())
    }

    fn dependents(&self, rule: &'static str, sibling: fn(&RuleKind) -> Option<&String>) -> Vec<Step<'m>> {
        let mut steps = Vec::new();
        for field in self.members() {
            for name in field.facts.rule_kinds().filter_map(sibling) {
                let Some(other) = self.planner.set_member(Content::Struct(self.id, self.fields), name) else {
                    continue;
                };
                let pair = [self.set_member(field), other];
                let arguments = [
                    Argument::Operation,
                    Argument::Pair(pair.clone()),
                    Argument::WereSet(pair.into()),
                ];
                steps.push(call(rule, arguments));
            }
        }
        steps
    }

    /// The members of each union, by its name, with the discriminator's values for them.
    fn unions(
        &self,
        membership: fn(&RuleKind) -> Option<&UnionMember>,
    ) -> BTreeMap<Option<&'m str>, Vec<(&'m str, SetMember<'m>)>> {
        let mut unions = BTreeMap::<_, Vec<_>>::new();
        for field in self.members() {
            for member in field.facts.rule_kinds().filter_map(membership) {
                let tag = member.name.as_deref().unwrap_or(&field.wire);
                let union = unions.entry(member.union.as_deref()).or_default();
                union.push((tag, self.set_member(field)));
            }
        }
        unions
    }

    fn discriminator(&self, union: Option<&str>) -> Option<Discriminator<'m>> {
        let is_it = |rule: &RuleKind| match rule {
            RuleKind::UnionDiscriminator(of) => of.as_deref() == union,
            _ => false,
        };
        let field = self.members().find(|field| field.facts.rule_kinds().any(is_it))?;
        let (via, content) = self.planner.way_to_content(field.ty.without_option());
        let way = plain_way(&via)?;
        let text = match content {
            Content::Text(TextOf::String) => TagText::String(way),
            Content::Text(TextOf::Enum) => TagText::Enum(way),
            Content::Bool if way.is_empty() => TagText::Bool,
            _ => return None,
        };
        Some(Discriminator {
            wire: &field.wire,
            name: &field.name,
            text,
            is_option: field.ty.is_option(),
        })
    }

    /// What is done with a field in each mode, by the field that says the mode.
    fn modes(&self, field: &'m Field) -> Vec<Step<'m>> {
        let mut modalities = BTreeMap::<Option<&str>, Vec<(&'m str, &'m Facts)>>::new();
        for rule in field.facts.rule_kinds() {
            if let RuleKind::IfMode { modality, mode, facts } = rule {
                modalities.entry(modality.as_deref()).or_default().push((mode, facts));
            }
        }
        let modes = modalities.into_iter().filter_map(|(modality, modes)| {
            let is_it = |rule: &RuleKind| match rule {
                RuleKind::ModeDiscriminator(of) => of.as_deref() == modality,
                _ => false,
            };
            let discriminator = self.members().find(|field| field.facts.rule_kinds().any(is_it))?;
            self.modes_by(discriminator, field, modes)
        });
        modes.map(Step::Modes).collect()
    }

    fn modes_by(
        &self,
        discriminator: &'m Field,
        field: &'m Field,
        said: Vec<(&'m str, &'m Facts)>,
    ) -> Option<Modes<'m>> {
        let member = self.set_member(field);
        let need = Need {
            test: member.test,
            ..Need::NOTHING
        };
        let ty = discriminator.ty.without_option();
        let (via, content) = self.planner.way_to_content(ty);
        let way = plain_way(&via)?;
        let is_option = discriminator.ty.is_option();
        if is_option && !way.is_empty() {
            return None;
        }
        let mut modes: Vec<(Equal<'m>, Vec<Step<'m>>)> = Vec::new();
        for (mode, facts) in said {
            let equal = match content {
                Content::Bool => Equal::Bool(mode.parse().ok()?),
                content => self.planner.equal_text(ty, content, mode)?,
            };
            let steps = self.planner.place(&field.ty, facts, need);
            match modes.iter_mut().find(|(known, _)| *known == equal) {
                Some((_, before)) => before.extend(steps),
                None => modes.push((equal, steps)),
            }
        }
        let forbid = call("rules::forbidden", [Argument::IsSet(member.test)]);
        modes.retain(|(_, steps)| *steps != [forbid.clone()]);
        let mut by_steps: Vec<(Vec<Equal<'m>>, Vec<Step<'m>>)> = Vec::new();
        for (mode, steps) in modes {
            match by_steps.iter_mut().find(|(_, known)| *known == steps) {
                Some((modes, _)) => modes.push(mode),
                None => by_steps.push((vec![mode], steps)),
            }
        }
        let model = self.planner.model;
        Some(Modes {
            discriminator: [vec![discriminator.name.as_str()], way].concat(),
            is_option,
            owner: path(self.owner),
            member,
            ratchet: model.is_comparable(&field.ty) && model.is_comparable(&discriminator.ty),
            modes: by_steps,
        })
    }
}

/// A union whose member is named by a field.
fn discriminated<'m>(discriminator: Discriminator<'m>, members: Vec<(&'m str, SetMember<'m>)>) -> Step<'m> {
    let tags = members.iter().map(|(tag, member)| (member.wire, *tag)).collect();
    let members: Vec<_> = members.into_iter().map(|(_, member)| member).collect();
    let arguments = [
        Argument::Operation,
        Argument::Discriminated(discriminator.clone(), tags),
        Argument::Chosen(discriminator.clone(), members.clone()),
        Argument::WasChosen(discriminator, members),
    ];
    call("rules::discriminated_union", arguments)
}
