//! Enums as values: names, and members of unions.

use kgen_model::model::{EnumDef, UnionDef, UnionRepr, UnionVariant};
use kgen_model::{Literal, Model, TypeDef};

use super::Value;
use super::fit::{Misfit, WRONG, foreign, members, unknown, variant, wrong};
use super::types::path;

/// A value of an enum of names.
pub(super) fn name(ty: &TypeDef, def: &EnumDef, literal: &Literal) -> Result<Value, Misfit> {
    let Literal::String(text) = literal else {
        return Err(wrong("a string", literal).help(format!("write a variant: `{}::..`", ty.name)));
    };
    let named = def.variants.iter().find(|variant| variant.wire == *text);
    match (named, &def.other) {
        (Some(named), _) => Ok(variant(&path(ty), &named.name, None)),
        (None, Some(other)) => Ok(variant(&path(ty), other, Some(Value::Text(text.clone())))),
        (None, None) => {
            let names: Vec<_> = def.variants.iter().map(|variant| variant.wire.as_str()).collect();
            let problem = format!("is `{text}`, which is no value of `{}`", ty.name);
            Err(unknown(problem, text, &names, "values"))
        }
    }
}

/// A value of an enum with data.
pub(super) fn member(model: &Model, ty: &TypeDef, def: &UnionDef, literal: &Literal) -> Result<Value, Misfit> {
    let given = members(literal)?;
    let tag = match &def.repr {
        UnionRepr::External => None,
        UnionRepr::Discriminated { tag } => Some(tag),
        UnionRepr::Internal { .. } | UnionRepr::Adjacent { .. } | UnionRepr::Untagged => return Err(foreign(&ty.name)),
    };
    let data: Vec<_> = given.keys().filter(|name| Some(*name) != tag).collect();
    known(ty, def, &data)?;
    let chosen = match tag {
        Some(tag) => by_tag(ty, def, tag, given.get(tag))?,
        None => by_member(def, &data)?,
    };
    match (&chosen.ty, data.as_slice()) {
        (Some(content), [name]) if **name == chosen.wire => {
            let content =
                Value::of(model, content, &given[*name]).map_err(|misfit| misfit.below(&format!(".{name}")))?;
            Ok(variant(&path(ty), &chosen.name, Some(content)))
        }
        (None, []) => Ok(variant(&path(ty), &chosen.name, None)),
        (Some(_), _) => Err(Misfit::new(
            WRONG,
            format!("must have the member `{}` and no other", chosen.wire),
        )),
        (None, _) => Err(Misfit::new(
            WRONG,
            format!("must have no member beside `{}`", tag.unwrap_or(&chosen.wire)),
        )),
    }
}

fn known(ty: &TypeDef, def: &UnionDef, data: &[&String]) -> Result<(), Misfit> {
    let with_data = def.variants.iter().filter(|variant| variant.ty.is_some());
    let names: Vec<_> = with_data.map(|variant| variant.wire.as_str()).collect();
    match data.iter().find(|name| !names.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => {
            let problem = format!("has a member `{name}`, which `{}` has not", ty.name);
            Err(unknown(problem, name, &names, "members"))
        }
    }
}

fn by_tag<'d>(ty: &TypeDef, def: &'d UnionDef, tag: &str, given: Option<&Literal>) -> Result<&'d UnionVariant, Misfit> {
    let Some(given) = given else {
        return Err(Misfit::new(WRONG, format!("must have the member `{tag}`")));
    };
    let below = |misfit: Misfit| misfit.below(&format!(".{tag}"));
    let text = given.as_str().ok_or_else(|| below(wrong("a string", given)))?;
    let chosen = def.variants.iter().find(|variant| variant.tag == text);
    chosen.ok_or_else(|| {
        let names: Vec<_> = def.variants.iter().map(|variant| variant.tag.as_str()).collect();
        let problem = format!("is `{text}`, which is no `{tag}` of `{}`", ty.name);
        below(unknown(problem, text, &names, "values"))
    })
}

fn by_member<'d>(def: &'d UnionDef, data: &[&String]) -> Result<&'d UnionVariant, Misfit> {
    let chosen = def.variants.iter().find(|variant| data == [&variant.wire]);
    chosen.ok_or_else(|| Misfit::new(WRONG, "must have exactly one member"))
}
