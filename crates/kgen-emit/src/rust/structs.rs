//! Structs as values. Members that are not given hold what they hold when they are absent.

use std::collections::BTreeMap;

use kgen_model::analysis::unboxed;
use kgen_model::model::{FieldLayout, Origin, UnionRepr};
use kgen_model::{Builtin, Field, Literal, Model, Shape, TypeDef, TypeId, TypeRef};

use super::endless::endless;
use super::fit::{INEXPRESSIBLE, Misfit, foreign, unknown};
use super::types::path;
use super::{Rest, Value};

type Members = BTreeMap<String, Literal>;

/// A struct with these members.
pub(super) fn strukt(model: &Model, id: TypeId, fields: &[Field], members: &Members) -> Result<Value, Misfit> {
    let ty = model.ty(id);
    if is_opaque(ty, fields) {
        return Err(foreign(&ty.name));
    }
    let names = names(model, ty);
    if let Some(name) = members.keys().find(|name| !names.contains(name)) {
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let problem = format!("has a member `{name}`, which `{}` has not", ty.name);
        return Err(unknown(problem, name, &names, "members"));
    }
    let mut values = Vec::new();
    for field in fields {
        values.push(given(model, ty, field, members)?);
    }
    let rest = rest(model, id, fields, &mut values)?;
    let named = fields.iter().zip(values);
    let fields = named
        .filter_map(|(field, value)| Some((field.name.clone(), value?)))
        .collect();
    let ty = path(ty);
    Ok(Value::Struct { ty, fields, rest })
}

/// Lists and whole objects of Kubernetes differ in Rust from what their definitions say.
fn is_opaque(ty: &TypeDef, fields: &[Field]) -> bool {
    let has = |wire: &str| fields.iter().any(|field| field.wire == wire);
    ty.origin == Origin::Kubernetes && has("apiVersion") && has("kind") && has("metadata")
}

/// The names of the members of a struct or union, those of flattened fields among them.
fn names(model: &Model, ty: &TypeDef) -> Vec<String> {
    let mut names = Vec::new();
    match &ty.shape {
        Shape::Struct(fields) => {
            for field in fields {
                match field.layout {
                    FieldLayout::Member => names.push(field.wire.clone()),
                    FieldLayout::Flattened => names.extend(names_of(model, &field.ty)),
                    FieldLayout::Skipped => {}
                }
            }
        }
        Shape::Union(def) => {
            if let UnionRepr::Discriminated { tag } | UnionRepr::Internal { tag } = &def.repr {
                names.push(tag.clone());
            }
            names.extend(def.variants.iter().map(|variant| variant.wire.clone()));
        }
        Shape::Newtype(inner) => names.extend(names_of(model, inner)),
        Shape::Enum(_) => {}
    }
    names
}

fn names_of(model: &Model, ty: &TypeRef) -> Vec<String> {
    match unboxed(ty.without_option()) {
        TypeRef::Named(child) => names(model, model.ty(*child)),
        _ => Vec::new(),
    }
}

/// The value of a field, if its members are given.
fn given(model: &Model, ty: &TypeDef, field: &Field, members: &Members) -> Result<Option<Value>, Misfit> {
    let literal = match field.layout {
        FieldLayout::Skipped => None,
        FieldLayout::Member => members.get(&field.wire).cloned(),
        FieldLayout::Flattened => {
            let mut of_child = members.clone();
            let names = names_of(model, &field.ty);
            of_child.retain(|name, _| names.contains(name));
            (!of_child.is_empty()).then_some(Literal::Object(of_child))
        }
    };
    let Some(literal) = literal else { return Ok(None) };
    let below = |misfit: Misfit| match field.layout {
        FieldLayout::Member => misfit.below(&format!(".{}", field.wire)),
        FieldLayout::Flattened | FieldLayout::Skipped => misfit,
    };
    // In k8s-openapi a field with any value is one of two types, and the model does not tell which.
    if ty.origin == Origin::Kubernetes && *unboxed(field.ty.without_option()) == TypeRef::Builtin(Builtin::Json) {
        return Err(below(foreign("Value")));
    }
    Value::of(model, &field.ty, &literal).map(Some).map_err(below)
}

/// Fills in what has to be named, and says where the others come from.
fn rest(model: &Model, id: TypeId, fields: &[Field], values: &mut [Option<Value>]) -> Result<Rest, Misfit> {
    let ty = model.ty(id);
    if values.iter().all(Option::is_some) {
        return Ok(Rest::Nothing);
    }
    if model.has_start(id) {
        return Ok(Rest::Start);
    }
    let mut unnamed = Vec::new();
    let places = (0..).map(|index| (id, index)).zip(fields).zip(values);
    for ((place, field), value) in places.filter(|(_, value)| value.is_none()) {
        *value = absent_value(model, place, field)?;
        if value.is_none() {
            unnamed.push((field, value));
        }
    }
    if unnamed.is_empty() {
        return Ok(Rest::Nothing);
    }
    if model.type_has_default(id) {
        return Ok(Rest::Default);
    }
    for (field, value) in unnamed {
        *value = Some(default_value(model, ty, field)?);
    }
    Ok(Rest::Nothing)
}

/// What a plain field holds that is not given, unless that is the default of its type.
fn absent_value(model: &Model, place: (TypeId, usize), field: &Field) -> Result<Option<Value>, Misfit> {
    if !model.ty(place.0).is_generated() || field.ty.is_option() || field.layout == FieldLayout::Skipped {
        return Ok(None);
    }
    match model.default_of(field) {
        Some(default) => match endless(model, place) {
            None => Value::of(model, &field.ty, default).map(Some),
            Some(misfit) => Err(misfit),
        },
        None => Ok(Value::start_of(model, &field.ty)),
    }
}

fn default_value(model: &Model, ty: &TypeDef, field: &Field) -> Result<Value, Misfit> {
    match field.ty {
        TypeRef::Option(_) => Ok(Value::None),
        _ if field.layout == FieldLayout::Skipped || model.has_default(&field.ty) => Ok(Value::Default),
        _ if field.layout == FieldLayout::Flattened => Value::of(model, &field.ty, &Literal::Object(Members::new())),
        _ => {
            let problem = format!(
                "must have a member `{}`, since `{}` has no `Default`",
                field.wire, ty.name
            );
            Err(Misfit::new(INEXPRESSIBLE, problem).help(format!("add `{}`, or derive `Default`", field.wire)))
        }
    }
}
