//! The schema of an enum whose variants carry data.

use kgen_model::model::{UnionDef, UnionRepr, UnionVariant};
use kgen_model::{Facts, Literal, Model, TypeId};

use super::cel::{self, HowMany};
use super::{SchemaOf, Trail, builtin};
use crate::schema::{JsonType, Limits, Logic, Schema, merge};

impl SchemaOf<'_> {
    pub(super) fn union(&self, union: &UnionDef, trail: &Trail<'_>) -> Schema {
        match &union.repr {
            UnionRepr::External => self.external(union, trail),
            UnionRepr::Discriminated { tag } => self.discriminated(union, tag, trail),
            UnionRepr::Internal { tag } => self.internal(union, tag, trail),
            UnionRepr::Adjacent { tag, content } => self.adjacent(union, tag, content, trail),
            UnionRepr::Untagged => self.one_schema(&union.variants, trail).unwrap_or_else(any_value),
        }
    }

    /// `{"git": {..}}`: exactly one member is there.
    fn external(&self, union: &UnionDef, trail: &Trail<'_>) -> Schema {
        let mut schema = Schema::of_type(JsonType::Object);
        for variant in &union.variants {
            schema
                .properties
                .insert(variant.wire.clone(), self.payload(variant, trail));
            schema.logic.one_of.push(required([variant.wire.as_str()]));
        }
        schema
    }

    /// `{"type": "Git", "git": {..}}`: the tag says which member is there. Tags without a member share one case.
    fn discriminated(&self, union: &UnionDef, tag: &str, trail: &Trail<'_>) -> Schema {
        let mut schema = tagged(&union.variants, tag);
        let (full, bare): (Vec<_>, Vec<_>) = union.variants.iter().partition(|variant| variant.ty.is_some());
        for variant in &full {
            schema
                .properties
                .insert(variant.wire.clone(), self.payload(variant, trail));
            schema.logic.one_of.push(merge(
                has_tag(tag, [variant.tag.as_str()]),
                required([variant.wire.as_str()]),
            ));
        }
        if !bare.is_empty() {
            let case = has_tag(tag, bare.iter().map(|variant| variant.tag.as_str()));
            schema
                .logic
                .one_of
                .push(merge(case, without(full.iter().map(|variant| variant.wire.as_str()))));
        }
        let members: Vec<String> = full.iter().map(|variant| variant.wire.clone()).collect();
        if self.writes_cel() && members.len() > 1 {
            schema
                .kubernetes
                .validations
                .extend(cel::count_set(HowMany::OneOrNone, &members));
        }
        schema
    }

    /// `{"type": "Git", ..}`: the members' own members stand beside the tag.
    fn internal(&self, union: &UnionDef, tag: &str, trail: &Trail<'_>) -> Schema {
        let Some(mut members) = self.one_schema(&union.variants, trail) else {
            return any_object();
        };
        let cases = union.variants.iter().map(|variant| {
            let payload = self.payload(variant, trail);
            let limits = Limits {
                required: payload.limits.required,
                ..Limits::default()
            };
            merge(
                has_tag(tag, [variant.tag.as_str()]),
                Schema {
                    limits,
                    ..Schema::default()
                },
            )
        });
        members.limits.required.clear();
        members.logic = Logic {
            one_of: cases.collect(),
            ..Logic::default()
        };
        merge(tagged(&union.variants, tag), members)
    }

    /// `{"t": "Git", "c": {..}}`: the content's schema has to do for all members.
    fn adjacent(&self, union: &UnionDef, tag: &str, content: &str, trail: &Trail<'_>) -> Schema {
        let mut schema = tagged(&union.variants, tag);
        let with_content: Vec<_> = union
            .variants
            .iter()
            .filter(|variant| variant.ty.is_some())
            .cloned()
            .collect();
        if let Some(mut contents) = self.one_schema(&with_content, trail) {
            contents.limits.required.clear();
            schema.properties.insert(content.to_owned(), contents);
        }
        schema.logic.one_of = union
            .variants
            .iter()
            .map(|variant| {
                let names = variant.ty.as_ref().map(|_| content);
                let mut case = merge(has_tag(tag, [variant.tag.as_str()]), required(names));
                let inner = self.payload(variant, trail).limits.required;
                if variant.ty.is_some() && !inner.is_empty() {
                    case.properties
                        .insert(content.to_owned(), required(inner.iter().map(String::as_str)));
                }
                case
            })
            .collect();
        schema
    }

    fn payload(&self, variant: &UnionVariant, trail: &Trail<'_>) -> Schema {
        match &variant.ty {
            Some(ty) => self.with_facts(ty, &variant.facts, Some(trail)),
            None => {
                let description = variant.facts.description.clone();
                let facts = Facts {
                    description,
                    ..Facts::default()
                };
                merge(
                    Schema::of_type(JsonType::Object),
                    self.overlay(&kgen_model::TypeRef::String, &facts),
                )
            }
        }
    }

    /// One structural schema that takes the values of all variants, if there is one.
    fn one_schema(&self, variants: &[UnionVariant], trail: &Trail<'_>) -> Option<Schema> {
        let mut schemas = variants.iter().map(|variant| {
            let mut schema = self.payload(variant, trail);
            schema.about.description = None;
            schema
        });
        let first = schemas.next()?;
        schemas.try_fold(first, unite)
    }
}

/// Whether the variants of a union have a structural schema in common, where its form needs one.
pub(crate) fn structural_members(model: &Model, id: TypeId, union: &UnionDef) -> bool {
    let trail = Trail { id, up: None };
    match &union.repr {
        UnionRepr::External | UnionRepr::Discriminated { .. } => true,
        UnionRepr::Internal { tag } => SchemaOf::inline(model)
            .one_schema(&union.variants, &trail)
            .is_some_and(|schema| schema.type_ == Some(JsonType::Object) && !schema.properties.contains_key(tag)),
        UnionRepr::Adjacent { .. } => {
            let with_content: Vec<_> = union
                .variants
                .iter()
                .filter(|variant| variant.ty.is_some())
                .cloned()
                .collect();
            with_content.is_empty() || SchemaOf::inline(model).one_schema(&with_content, &trail).is_some()
        }
        UnionRepr::Untagged => {
            let all_carry = union.variants.iter().all(|variant| variant.ty.is_some());
            all_carry && SchemaOf::inline(model).one_schema(&union.variants, &trail).is_some()
        }
    }
}

/// A schema for the values of both: the same schema, an integer or a string, or objects whose common members agree.
fn unite(a: Schema, b: Schema) -> Option<Schema> {
    use JsonType::{Integer, Object, String};
    if a == b {
        return Some(a);
    }
    match (a.type_, b.type_) {
        (Some(Integer), Some(String)) | (Some(String), Some(Integer)) => Some(builtin::int_or_string()),
        (None, Some(Integer | String)) if a == builtin::int_or_string() => Some(a),
        (Some(Object), Some(Object)) if is_plain_object(&a) && is_plain_object(&b) => unite_objects(a, b),
        _ => None,
    }
}

fn is_plain_object(schema: &Schema) -> bool {
    schema.additional_properties.is_none() && schema.logic == Logic::default()
}

fn unite_objects(mut a: Schema, b: Schema) -> Option<Schema> {
    for (name, theirs) in b.properties {
        let united = match a.properties.remove(&name) {
            Some(ours) => unite(ours, theirs)?,
            None => theirs,
        };
        a.properties.insert(name, united);
    }
    a.limits.required.retain(|name| b.limits.required.contains(name));
    a.kubernetes.preserve_unknown_fields |= b.kubernetes.preserve_unknown_fields;
    Some(a)
}

/// An object with a required tag that has one of the variants' values.
fn tagged(variants: &[UnionVariant], tag: &str) -> Schema {
    let mut schema = Schema::of_type(JsonType::Object);
    let values = one_of(variants.iter().map(|variant| variant.tag.as_str()));
    schema
        .properties
        .insert(tag.to_owned(), merge(Schema::of_type(JsonType::String), values));
    schema.require(tag);
    schema
}

fn one_of<'a>(values: impl IntoIterator<Item = &'a str>) -> Schema {
    let enum_ = values.into_iter().map(Literal::from).collect();
    Schema {
        limits: Limits {
            enum_,
            ..Limits::default()
        },
        ..Schema::default()
    }
}

fn has_tag<'a>(tag: &str, values: impl IntoIterator<Item = &'a str>) -> Schema {
    Schema {
        properties: [(tag.to_owned(), one_of(values))].into(),
        ..Schema::default()
    }
}

fn required<'a>(names: impl IntoIterator<Item = &'a str>) -> Schema {
    let mut schema = Schema::default();
    names.into_iter().for_each(|name| schema.require(name));
    schema
}

/// An object that has none of the members.
pub(super) fn without<'a>(names: impl IntoIterator<Item = &'a str>) -> Schema {
    let mut any_of: Vec<_> = names.into_iter().map(|name| required([name])).collect();
    let any = match any_of.len() {
        0 | 1 => any_of.pop(),
        _ => Some(Schema {
            logic: Logic {
                any_of,
                ..Logic::default()
            },
            ..Schema::default()
        }),
    };
    let logic = Logic {
        not: any.map(Box::new),
        ..Logic::default()
    };
    Schema {
        logic,
        ..Schema::default()
    }
}

fn any_object() -> Schema {
    builtin::structural(kgen_model::Builtin::RawExtension)
}

fn any_value() -> Schema {
    builtin::structural(kgen_model::Builtin::Json)
}
