//! Constructs of Rust that have no structural schema, and facts that would make none.

use kgen_model::analysis::members;
use kgen_model::model::{FieldLayout, UnionRepr};
use kgen_model::names::closest;
use kgen_model::rules::{Kind, Place, Scope};
use kgen_model::{Diagnostic, Facts, Model, Report, Resource, Shape, TypeId, TypeRef};

use super::cases::is_limit;
use crate::schema::JsonType;
use crate::structural::structural_members;

pub(super) fn check(model: &Model, id: TypeId, report: &mut Report) {
    let def = model.ty(id);
    match &def.shape {
        Shape::Struct(fields) => {
            report.extend(repeated_members(model, id));
            for field in fields.iter().filter(|field| field.layout == FieldLayout::Flattened) {
                if Kind::of_type(model, &field.ty) == Kind::Map && !field.facts.schema.schemaless {
                    let message = format!(
                        "the flattened map `{}` makes an object with both known and unknown members",
                        field.name
                    );
                    let help = "a definition has one or the other: add `schemaless, preserve_unknown_fields`, or make it a \
                                member with a name";
                    report.push(Diagnostic::error("flattened-map", field.span, message).help(help));
                }
            }
        }
        Shape::Union(union) if !replaces(&def.facts) && !structural_members(model, id, union) => {
            let form = match &union.repr {
                UnionRepr::Internal { .. } => "the members of its variants do not agree, or are no objects",
                UnionRepr::Adjacent { .. } => "the contents of its variants do not agree",
                UnionRepr::Untagged => "its variants have no type in common",
                UnionRepr::External | UnionRepr::Discriminated { .. } => "its variants do not agree",
            };
            let message = format!("`{}` has no structural schema: {form}", def.name);
            let help = "use a `discriminator`, or say what it is in JSON: `schema(type = \"..\")`, or `schemaless, \
                        preserve_unknown_fields` for anything";
            report.push(Diagnostic::error("union-not-structural", def.span, message).help(help));
        }
        Shape::Union(_) | Shape::Newtype(_) | Shape::Enum(_) => {}
    }
}

/// Members of flattened fields that have the name of another one.
fn repeated_members(model: &Model, id: TypeId) -> Vec<Diagnostic> {
    let def = model.ty(id);
    let itself = TypeRef::Named(id);
    let all = members(model, &itself).unwrap_or_default();
    let again = all
        .iter()
        .enumerate()
        .filter(|(at, member)| all[..*at].iter().any(|other| other.wire == member.wire));
    let repeated = again.map(|(_, member)| {
        let message = format!("two members of `{}` are called `{}`", def.name, member.wire);
        let help = "rename one of them: the members of a flattened field stand beside the others";
        Diagnostic::error("duplicate-name", def.span, message).help(help)
    });
    repeated.collect()
}

fn replaces(facts: &Facts) -> bool {
    facts.schema.schemaless || facts.schema.type_.is_some() || facts.schema.int_or_string.is_some()
}

/// Facts of one place that would not make a structural schema.
pub(super) fn check_place(place: &Place<'_>, report: &mut Report) {
    let schema = &place.facts.schema;
    let error = |marker: &str, message: String, help: String| {
        Diagnostic::error("bad-schema-type", place.at(marker), message).help(help)
    };
    if let Some(type_) = schema.type_.as_deref().filter(|type_| JsonType::named(type_).is_none()) {
        const NAMES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];
        let message = format!("`{type_}` is no type of JSON schema");
        let help = match closest(type_, NAMES) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write one of {}", NAMES.join(", ")),
        };
        report.push(error("schema", message, help));
    }
    if schema.type_.as_deref() == Some("array") && place.facts.each.as_deref().is_none_or(|each| !replaces(each)) {
        let message = format!("the schema of `{}` is an array of unknown elements", place.name);
        report.push(error(
            "schema",
            message,
            "say what they are: `each(schema(type = \"..\"))`".to_owned(),
        ));
    }
    if schema.int_or_string.is_some() && schema.type_.is_some() {
        let message = format!("`{}` is both `int_or_string` and of one type", place.name);
        report.push(error("int_or_string", message, "keep the one that is meant".to_owned()));
    }
    let says_nothing = schema.schemaless && schema.type_.is_none() && schema.int_or_string.is_none();
    if says_nothing && !schema.preserve_unknown_fields && !schema.embedded_resource && place.inside.scope == Scope::All
    {
        let message = format!("nothing is left of the schema of `{}`", place.name);
        let help = "add `preserve_unknown_fields` beside `schemaless` to accept anything, or `schema(type = \"..\")`";
        report.push(error("schemaless", message, help.to_owned()));
    }
}

/// Of metadata, a definition may limit the name only: a server knows the rest.
pub(super) fn metadata(model: &Model, resource: &Resource, report: &mut Report) {
    let Some(field) = model
        .ty(resource.ty)
        .fields()
        .and_then(|fields| fields.get(resource.fields.metadata))
    else {
        return;
    };
    let Facts { subfields, .. } = &field.facts;
    let rest = Facts {
        description: None,
        subfields: Vec::new(),
        ..field.facts.clone()
    };
    let is_possible = |facts: &Facts| facts.rule_kinds().all(is_limit);
    let bad = subfields
        .iter()
        .find(|(name, facts)| !["name", "generateName"].contains(&name.as_str()) || !is_possible(facts));
    let what = match bad {
        Some((name, _)) => format!("of `metadata.{name}`"),
        None if rest.is_empty() => return,
        None => "of `metadata`".to_owned(),
    };
    let message = format!("a definition cannot hold what is said {what}");
    let help = "only limits in `subfield(\"name\", ..)` and `subfield(\"generateName\", ..)` are possible there; rules on the kind may use \
                `self.metadata.name` in `cel`";
    let said = ["subfield", "cel"]
        .into_iter()
        .find_map(|marker| field.facts.places.of(marker));
    report.push(Diagnostic::error("metadata-rule", said.unwrap_or(field.span), message).help(help));
}
