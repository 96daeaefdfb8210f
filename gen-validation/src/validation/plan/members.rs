//! Members of objects and elements with given keys.

use kgen_emit::rust::path;
use kgen_model::facts::ItemFacts;
use kgen_model::model::{FieldLayout, UnionDef, UnionRepr, UnionVariant};
use kgen_model::{Facts, Field, Literal, RuleKind, Shape, TypeDef, TypeId, TypeRef};

use super::content::{Content, plain_way};
use super::place::{Need, call, wrapped};
use super::{Argument, ItemKey, Member, Planner, SetMember, Step, TextOf, Variant, Way, rules};

/// What a key or discriminator equals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Equal<'m> {
    /// This text.
    Text(&'m str),
    /// This integer.
    Int(i128),
    /// This bool.
    Bool(bool),
    /// This variant of an enum.
    Variant {
        /// The enum's path.
        ty: String,
        /// The variant.
        name: &'m str,
    },
    /// The variant of an enum that keeps unknown values, with this one.
    Other {
        /// The enum's path.
        ty: String,
        /// The variant.
        name: &'m str,
        /// The value.
        text: &'m str,
    },
}

impl<'m> Planner<'m, '_> {
    /// What is said of a member from outside.
    pub(super) fn subfield(&self, content: Content<'m>, wire: &str, facts: &'m Facts) -> Vec<Step<'m>> {
        match content {
            Content::Struct(id, fields) => self.in_struct(id, fields, wire, facts),
            Content::Union(id, union) => {
                let mut variants = union.variants.iter().filter(|variant| variant.wire == wire);
                let planned = variants.find_map(|variant| {
                    let steps = self.place(variant.ty.as_ref()?, facts, Need::NOTHING);
                    self.variant(union, variant, steps)
                });
                self.variants(id, union, planned.into_iter().collect())
            }
            _ => Vec::new(),
        }
    }

    fn in_struct(&self, id: TypeId, fields: &'m [Field], wire: &str, facts: &'m Facts) -> Vec<Step<'m>> {
        let owner = self.model.ty(id);
        let direct = |field: &&Field| field.layout == FieldLayout::Member && field.wire == wire;
        if let Some(field) = fields.iter().find(direct) {
            let need = Need {
                test: self.model.set_test(owner, field),
                ..Need::NOTHING
            };
            let steps = self.place(&field.ty, facts, need);
            return wrapped(steps, |steps| Step::Member(self.member(owner, field, steps)));
        }
        let flattened = fields.iter().filter(|field| field.layout == FieldLayout::Flattened);
        let found = flattened.map(|field| {
            let (via, content) = self.way_to_content(&field.ty);
            let steps = self.subfield(content, wire, facts);
            let steps = if via.is_empty() {
                steps
            } else {
                wrapped(steps, |steps| Step::Inner { via, steps })
            };
            wrapped(steps, |steps| {
                let member = self.member(owner, field, steps);
                Step::Member(Member {
                    ratchet: false,
                    ..member
                })
            })
        });
        found.into_iter().find(|steps| !steps.is_empty()).unwrap_or_default()
    }

    /// A field with what is done with it.
    pub(super) fn member(&self, owner: &TypeDef, field: &'m Field, steps: Vec<Step<'m>>) -> Member<'m> {
        let is_member = field.layout == FieldLayout::Member;
        Member {
            name: &field.name,
            owner: path(owner),
            wire: is_member.then_some(field.wire.as_str()),
            ratchet: self.model.is_comparable(&field.ty),
            steps,
        }
    }

    /// A variant with what is done with its content.
    pub(super) fn variant(
        &self,
        union: &'m UnionDef,
        variant: &'m UnionVariant,
        steps: Vec<Step<'m>>,
    ) -> Option<Variant<'m>> {
        let ty = variant.ty.as_ref().filter(|_| !steps.is_empty())?;
        let wire = match &union.repr {
            UnionRepr::External | UnionRepr::Discriminated { .. } => Some(variant.wire.as_str()),
            UnionRepr::Adjacent { tag: _, content } => Some(content.as_str()),
            UnionRepr::Internal { .. } | UnionRepr::Untagged => None,
        };
        Some(Variant {
            name: &variant.name,
            wire,
            ratchet: self.model.is_comparable(ty),
            steps,
        })
    }

    pub(super) fn variants(&self, id: TypeId, union: &UnionDef, variants: Vec<Variant<'m>>) -> Vec<Step<'m>> {
        if variants.is_empty() {
            return Vec::new();
        }
        let more = variants.len() < union.variants.len();
        let ty = path(self.model.ty(id));
        vec![Step::Variants { variants, ty, more }]
    }

    /// What is said of the element with these keys.
    pub(super) fn item(&self, content: Content<'m>, item: &'m ItemFacts) -> Vec<Step<'m>> {
        let Content::List(element) = content else {
            return Vec::new();
        };
        let keys: Option<Vec<_>> = item
            .keys
            .iter()
            .map(|(key, value)| self.item_key(element, key, value))
            .collect();
        let Some(keys) = keys.filter(|_| self.model.is_comparable(element)) else {
            return Vec::new();
        };
        wrapped(self.place(element, &item.facts, Need::NOTHING), |steps| Step::Item {
            keys,
            steps,
        })
    }

    fn item_key(&self, element: &'m TypeRef, wire: &str, value: &'m Literal) -> Option<ItemKey<'m>> {
        let (mut way, field) = self.way_to_member(element, wire)?;
        let (inner, equal) = self.equal(field.ty.without_option(), value)?;
        let is_option = field.ty.is_option();
        if is_option && !inner.is_empty() {
            return None;
        }
        way.extend(inner);
        Some(ItemKey { way, is_option, equal })
    }

    /// How a value is compared with a constant, and the newtypes around it.
    pub(super) fn equal(&self, ty: &'m TypeRef, value: &'m Literal) -> Option<(Way<'m>, Equal<'m>)> {
        let (via, content) = self.way_to_content(ty);
        let way = plain_way(&via)?;
        let equal = match (content, value) {
            (Content::Int(int), Literal::Int(value)) if rules::holds(int, *value) => Equal::Int(*value),
            (Content::Bool, Literal::Bool(value)) => Equal::Bool(*value),
            (Content::Bool, Literal::String(text)) => Equal::Bool(text.parse().ok()?),
            (_, Literal::String(text)) => self.equal_text(ty, content, text)?,
            _ => return None,
        };
        Some((way, equal))
    }

    /// How a value is compared with text.
    pub(super) fn equal_text(&self, ty: &'m TypeRef, content: Content<'m>, text: &'m str) -> Option<Equal<'m>> {
        if let Content::Text(TextOf::String) = content {
            return Some(Equal::Text(text));
        }
        let TypeRef::Named(id) = self.model.wire_type(ty) else {
            return None;
        };
        let def = self.model.ty(*id);
        let Shape::Enum(enum_) = &def.shape else { return None };
        let ty = path(def);
        let known = enum_.variants.iter().find(|variant| variant.wire == text);
        match (known, &enum_.other) {
            (Some(variant), _) => Some(Equal::Variant {
                ty,
                name: &variant.name,
            }),
            (None, Some(other)) => Some(Equal::Other { ty, name: other, text }),
            (None, None) => None,
        }
    }

    /// Rules about which members of an object there are.
    pub(super) fn of_members(&self, content: Content<'m>, rule: &'m RuleKind) -> Vec<Step<'m>> {
        let members = |names: &'m [String]| -> Option<Vec<SetMember<'m>>> {
            names.iter().map(|name| self.set_member(content, name)).collect()
        };
        let planned = match rule {
            RuleKind::AtMostOneOf(names) => members(names).map(|members| choice("rules::zero_or_one_of", members)),
            RuleKind::ExactlyOneOf(names) => members(names).map(|members| choice("rules::union", members)),
            RuleKind::AtLeastOneOf(names) => members(names).map(|members| {
                let present = |member| vec![call("rules::fields_required", [Argument::Members(vec![member])])];
                Step::Cases {
                    rule: "rules::any_of",
                    cases: members.into_iter().map(present).collect(),
                }
            }),
            RuleKind::FieldsRequired(names) => {
                members(names).map(|members| call("rules::fields_required", [Argument::Members(members)]))
            }
            RuleKind::MinProperties(count) | RuleKind::MaxProperties(count) => {
                let Content::Struct(id, fields) = content else {
                    return rules::call_of(content, rule);
                };
                let function = match rule {
                    RuleKind::MinProperties(_) => "rules::min_properties",
                    _ => "rules::max_properties",
                };
                let members = self.all_members(self.model.ty(id), fields);
                members.map(|members| call(function, [Argument::CountSet(members), Argument::Count(*count)]))
            }
            _ => None,
        };
        planned.into_iter().collect()
    }

    /// All members of a struct, if none of them stand in another one.
    fn all_members(&self, owner: &TypeDef, fields: &'m [Field]) -> Option<Vec<SetMember<'m>>> {
        let fields = fields.iter().filter(|field| field.layout != FieldLayout::Skipped);
        let member = |field: &'m Field| {
            (field.layout == FieldLayout::Member).then(|| self.set_member_of(owner, field, Way::new()))
        };
        fields.map(member).collect()
    }

    /// A member with how it is found out whether it is set.
    pub(super) fn set_member(&self, content: Content<'m>, wire: &str) -> Option<SetMember<'m>> {
        let Content::Struct(id, fields) = content else {
            return None;
        };
        let owner = self.model.ty(id);
        fields.iter().find_map(|field| match field.layout {
            FieldLayout::Member if field.wire == wire => Some(self.set_member_of(owner, field, Way::new())),
            FieldLayout::Flattened if !field.ty.is_option() => {
                let (via, content) = self.way_to_content(&field.ty);
                let inner = self.set_member(content, wire)?;
                let way = [vec![field.name.as_str()], plain_way(&via)?, inner.way].concat();
                Some(SetMember { way, ..inner })
            }
            FieldLayout::Member | FieldLayout::Flattened | FieldLayout::Skipped => None,
        })
    }

    pub(super) fn set_member_of(&self, owner: &TypeDef, field: &'m Field, mut way: Way<'m>) -> SetMember<'m> {
        way.push(&field.name);
        SetMember {
            wire: &field.wire,
            way,
            test: self.model.set_test(owner, field),
        }
    }
}

/// A rule about how many of some members are set.
pub(super) fn choice<'m>(rule: &'static str, members: Vec<SetMember<'m>>) -> Step<'m> {
    let names = members.iter().map(|member| member.wire).collect();
    let arguments = [
        Argument::Operation,
        Argument::Names(names),
        Argument::AreSet(members.clone()),
        Argument::WereSet(members),
    ];
    call(rule, arguments)
}
