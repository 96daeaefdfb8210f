//! The schema of a struct: its members, those that flattened fields bring along, and the rules that members impose on
//! the struct that holds them.

use kgen_model::model::{FieldLayout, Presence};
use kgen_model::{Field, RuleKind};

use super::{SchemaOf, Trail, imposed, union};
use crate::schema::{About, JsonType, Schema, merge};

impl SchemaOf<'_> {
    pub(super) fn strukt(&self, fields: &[Field], trail: &Trail<'_>) -> Schema {
        let mut schema = Schema::of_type(JsonType::Object);
        for field in fields {
            match field.layout {
                FieldLayout::Member => self.add_member(&mut schema, field, trail),
                FieldLayout::Flattened => schema = merge(schema, self.flattened(field, trail)),
                FieldLayout::Skipped => {}
            }
        }
        if self.writes_cel() {
            let rules = imposed::rules(self.model, fields);
            rules.into_iter().for_each(|rule| schema.kubernetes.derive(rule));
        }
        schema
    }

    fn add_member(&self, schema: &mut Schema, field: &Field, trail: &Trail<'_>) {
        schema.properties.insert(
            field.wire.clone(),
            self.with_facts(&field.ty, &field.facts, Some(trail)),
        );
        let is_required = match field.presence {
            Presence::Required => true,
            Presence::Optional | Presence::Defaulted => {
                field.facts.rule_kinds().any(|rule| *rule == RuleKind::Required)
            }
        };
        if is_required {
            schema.require(&field.wire);
        }
    }

    /// What a flattened field adds to the struct that holds it. The words are about the field's own type and stay behind.
    fn flattened(&self, field: &Field, trail: &Trail<'_>) -> Schema {
        let mut schema = self.with_facts_in_place(&field.ty, &field.facts, trail);
        schema.about = About::default();
        // It takes the place of what the field's own type says, not of the struct.
        schema.stands_alone = false;
        if field.ty.is_option() { optional(schema) } else { schema }
    }
}

/// A flattened value that may be absent requires nothing of the struct that holds it. That none of a union's members is
/// there is one more case of the union.
fn optional(mut schema: Schema) -> Schema {
    let required = std::mem::take(&mut schema.limits.required);
    if schema.logic.one_of.is_empty() {
        return schema;
    }
    for case in &mut schema.logic.one_of {
        required.iter().for_each(|name| case.require(name));
    }
    schema
        .logic
        .one_of
        .push(union::without(schema.properties.keys().map(String::as_str)));
    schema
}
