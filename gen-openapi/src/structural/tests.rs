//! Schemas by value: what each construct of the model becomes in a CRD.

mod cel;
mod facts;
mod references;
mod types;
mod unions;

use kgen_model::facts::{CelRule, ItemFacts, UnionMember, UpdateConstraint};
use kgen_model::model::{EnumDef, Exclusion, FieldLayout, Float, Int, UnionRepr};
use kgen_model::{Builtin, Facts, Field, ListType, Literal, RuleKind, Shape, TypeId, TypeRef};
use serde_json::{Value, json};

use super::{References, SchemaOf, Siblings};
use crate::schema::Schema;
use crate::testing::{
    Build, Change, I32, STRING, cel, field, list, map, maximum, minimum, named, option, rules, string_enum, union,
};

fn value(schema: &Schema) -> Value {
    serde_json::to_value(schema).unwrap_or_default()
}

fn of_type(ty: TypeRef) -> Value {
    value(&SchemaOf::inline(&Build::default().model).type_ref(&ty))
}

fn of_field(field: &Field) -> Value {
    value(&SchemaOf::inline(&Build::default().model).field(field))
}

fn of_def(build: &Build, id: TypeId) -> Value {
    value(&SchemaOf::inline(&build.model).definition(id))
}

/// The rules of a struct with these fields.
fn imposed(fields: impl IntoIterator<Item = Field>) -> Vec<String> {
    let mut build = Build::default();
    let id = build.strukt("A", fields);
    texts(&SchemaOf::inline(&build.model).definition(id).kubernetes.validations)
}

fn texts(rules: &[CelRule]) -> Vec<String> {
    rules.iter().map(|rule| rule.rule.clone()).collect()
}

fn of_rules(ty: TypeRef, kinds: impl IntoIterator<Item = RuleKind>) -> Value {
    of_field(&field("a", ty).facts(rules(kinds)))
}

fn git_or_http(build: &mut Build, repr: UnionRepr, last: Option<TypeRef>) -> TypeId {
    let git = build.strukt("Git", [field("url", STRING)]);
    build.add("Source", union(repr, &[("Git", Some(named(git))), ("Http", last)]))
}

fn of_def_use(build: &Build, id: TypeId) -> Value {
    value(&SchemaOf::inline(&build.model).type_ref(&named(id)))
}

fn references(siblings: Siblings) -> References {
    References {
        pointer: |ty| ty.fields().map(|_| format!("#/{}", ty.name)),
        builtin: super::builtin_schema,
        siblings,
    }
}
