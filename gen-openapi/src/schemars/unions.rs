//! What schemars' derive makes of enums.

use kgen_model::Literal;
use kgen_model::schemars::{Body, Tag, Union, Variant};

use super::derive::{Derive, insert_property, null};
use super::{about, flatten, members, object, strings};

/// The schema of an enum, without what is said about it.
pub(super) fn union(derive: &Derive<'_>, union: &Union) -> Literal {
    if union.variants.is_empty() {
        return Literal::Bool(false);
    }
    let schemas = match &union.tag {
        Tag::External => {
            let (names, others): (Vec<_>, Vec<_>) = union.variants.iter().partition(|variant| is_name(variant));
            let names = (!names.is_empty()).then(|| one_of_names(&names));
            if others.is_empty() {
                return names.unwrap_or(Literal::Bool(false));
            }
            names
                .into_iter()
                .chain(others.iter().map(|variant| external(derive, variant, union.closed)))
                .collect()
        }
        Tag::Internal(tag) => each(union, |variant| internal(derive, variant, tag, union.closed)),
        Tag::Adjacent { tag, content } => each(union, |variant| adjacent(derive, variant, tag, content, union.closed)),
        Tag::Untagged => each(union, |variant| untagged(derive, variant, union.closed)),
    };
    let is_unique = union.tag != Tag::Untagged && !union.variants.iter().any(|variant| variant.untagged);
    object([(if is_unique { "oneOf" } else { "anyOf" }, Literal::List(schemas))])
}

fn each(union: &Union, schema: impl Fn(&Variant) -> Literal) -> Vec<Literal> {
    union.variants.iter().map(schema).collect()
}

/// Variants of which nothing is known but their names share one schema.
fn is_name(variant: &Variant) -> bool {
    variant.body == Body::Unit && variant.plain && !variant.untagged
}

fn one_of_names(variants: &[&Variant]) -> Literal {
    let names = strings(variants.iter().map(|variant| variant.wire.as_str()));
    object([("type", Literal::from("string")), ("enum", names)])
}

fn external(derive: &Derive<'_>, variant: &Variant, closed: bool) -> Literal {
    if variant.untagged {
        return untagged(derive, variant, closed);
    }
    let mut schema = match &variant.body {
        Body::Unit => constant(&variant.wire),
        body => {
            let content = content(derive, body, closed);
            object([
                ("type", Literal::from("object")),
                ("properties", object([(variant.wire.as_str(), content)])),
                ("required", strings([variant.wire.as_str()])),
                ("additionalProperties", Literal::Bool(false)),
            ])
        }
    };
    described(&mut schema, variant);
    schema
}

fn internal(derive: &Derive<'_>, variant: &Variant, tag: &str, closed: bool) -> Literal {
    if variant.untagged {
        return untagged(derive, variant, closed);
    }
    let mut schema = match &variant.body {
        Body::Newtype(field) => {
            let mut schema = derive.ty(&field.ty);
            flatten::open_branches(&mut schema);
            derive.field_of(field, schema)
        }
        body => content(derive, body, closed),
    };
    let is_unit = schema == null();
    let of_schema = members(&mut schema);
    of_schema.insert("type".to_owned(), Literal::from("object"));
    let properties = of_schema.entry("properties".to_owned()).or_insert_with(|| object([]));
    members(properties).insert(tag.to_owned(), constant(&variant.wire));
    let required = of_schema.entry("required".to_owned()).or_insert_with(|| strings([]));
    if let Literal::List(names) = required {
        names.insert(0, Literal::from(tag));
    }
    if closed && is_unit {
        of_schema
            .entry("additionalProperties".to_owned())
            .or_insert(Literal::Bool(false));
    }
    described(&mut schema, variant);
    schema
}

fn adjacent(derive: &Derive<'_>, variant: &Variant, tag: &str, content: &str, closed: bool) -> Literal {
    if variant.untagged {
        return untagged(derive, variant, closed);
    }
    let mut schema = object([("type", Literal::from("object"))]);
    insert_property(members(&mut schema), tag, constant(&variant.wire), false);
    if variant.body != Body::Unit {
        let inner = self::content(derive, &variant.body, closed);
        insert_property(members(&mut schema), content, inner, false);
    }
    if closed {
        members(&mut schema).insert("additionalProperties".to_owned(), Literal::Bool(false));
    }
    described(&mut schema, variant);
    schema
}

fn untagged(derive: &Derive<'_>, variant: &Variant, closed: bool) -> Literal {
    let mut schema = content(derive, &variant.body, closed);
    described(&mut schema, variant);
    schema
}

/// What a variant carries. The enum says whether unknown members are refused.
fn content(derive: &Derive<'_>, body: &Body, closed: bool) -> Literal {
    match body {
        Body::Struct(of) => derive.strukt(&kgen_model::schemars::Members { closed, ..of.clone() }),
        body => derive.body(body),
    }
}

fn constant(name: &str) -> Literal {
    object([("type", Literal::from("string")), ("const", Literal::from(name))])
}

fn described(schema: &mut Literal, variant: &Variant) {
    about::add(schema, &variant.about);
    about::extend(schema, &variant.about);
}
