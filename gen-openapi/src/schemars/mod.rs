//! Schemas by the rules of schemars and kube, for kinds that kube-derive makes: the same document that
//! `CustomResourceExt::crd()` gives.
//!
//! It goes the way that schemars 1 and kube 5 go: what the derive says of each type, then schemars' transforms for
//! OpenAPI 3, then kube's. What lies between is JSON, as there; only what comes out is a [`Schema`].

mod about;
mod derive;
mod flatten;
mod kubernetes;
mod properties;
mod rewrite;
mod stated;
#[cfg(test)]
mod tests;
mod transform;
mod unions;

use std::collections::BTreeMap;

use kgen_model::schemars::{DefinitionId, Type};
use kgen_model::{Literal, Model, Span};

use crate::schema::Schema;

/// The members of a schema while it is JSON.
type Members = BTreeMap<String, Literal>;

/// Something that is wrong with a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    /// Where it lies.
    pub(crate) place: Place,
    /// What it is, in a lower-case sentence.
    pub(crate) message: String,
}

/// Where a fault lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// At a value in the object, such as `.spec.parts[].name`.
    Path(String),
    /// In a definition.
    Definition(DefinitionId),
}

/// The schema of a whole object, and what is wrong with it: what kube's transforms panic at, and what no server takes.
pub(crate) fn root(model: &Model, root: DefinitionId) -> (Schema, Vec<Fault>) {
    let derive = derive::Derive::new(model);
    let mut schema = derive.definition(root);
    if let Literal::Object(members) = &mut schema {
        let name = &model.schemars[root.0 as usize].name;
        members
            .entry("title".to_owned())
            .or_insert_with(|| Literal::from(name.as_str()));
    }
    let mut faults = derive.faults();
    transform::openapi3(&mut schema);
    rewrite::structural(&mut schema, "", &mut faults);
    rewrite::optional_enums(&mut schema);
    rewrite::optional_int_or_strings(&mut schema);
    let schema = properties::schema(&schema, "", &mut faults);
    faults.sort();
    faults.dedup();
    (schema, faults)
}

/// The span of the field that a path leads to, or of the innermost one on the way.
pub(crate) fn span_of(model: &Model, root: DefinitionId, path: &str) -> Span {
    let mut found = model.schemars[root.0 as usize].span;
    let mut id = Some(root);
    for step in path.split('.').skip(1) {
        let name = step.trim_end_matches(['[', ']', '{', '}']);
        let Some(definition) = id else { break };
        let mut body = model.schemars[definition.0 as usize].body.clone();
        let field = body.fields_mut().into_iter().find(|field| field.wire == name);
        let Some(field) = field else { break };
        found = field.span;
        id = None;
        derive::named(&field.ty, &mut |named| id = Some(named));
    }
    found
}

/// The definitions that a definition consists of, itself included.
pub(crate) fn reach(model: &Model, root: DefinitionId) -> Vec<DefinitionId> {
    let mut found = vec![root];
    let mut next = 0;
    while let Some(id) = found.get(next).copied() {
        next += 1;
        let mut body = model.schemars[id.0 as usize].body.clone();
        let mut types: Vec<Type> = body.fields_mut().into_iter().map(|field| field.ty.clone()).collect();
        types.extend(derive::types_in_place(&body));
        for ty in &types {
            derive::named(ty, &mut |id| {
                if !found.contains(&id) {
                    found.push(id);
                }
            });
        }
    }
    found
}

/// An object with these members.
fn object<'a>(members: impl IntoIterator<Item = (&'a str, Literal)>) -> Literal {
    Literal::Object(
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

fn strings<'a>(values: impl IntoIterator<Item = &'a str>) -> Literal {
    Literal::List(values.into_iter().map(Literal::from).collect())
}

/// The members of a schema, which becomes an object if it was `true` or `false`.
fn members(schema: &mut Literal) -> &mut Members {
    let replacement = match schema {
        Literal::Object(_) => None,
        Literal::Bool(false) => Some(object([("not", object([]))])),
        _ => Some(object([])),
    };
    if let Some(replacement) = replacement {
        *schema = replacement;
    }
    match schema {
        Literal::Object(members) => members,
        _ => unreachable!("it is an object now"),
    }
}

fn get<'s>(schema: &'s Literal, keyword: &str) -> Option<&'s Literal> {
    match schema {
        Literal::Object(members) => members.get(keyword),
        _ => None,
    }
}

/// Whether a schema has this type, among others perhaps.
fn has_type(schema: &Literal, wanted: &str) -> bool {
    match get(schema, "type") {
        Some(Literal::String(name)) => name == wanted,
        Some(Literal::List(names)) => names.iter().any(|name| name.as_str() == Some(wanted)),
        _ => false,
    }
}
