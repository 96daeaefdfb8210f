//! Fields that are marked `required` although nothing about them could be missing. It takes all types to see that.

use crate::facts::RuleKind;
use crate::model::{Field, Model, Presence, Shape};
use crate::report::{Diagnostic, Report};

/// Tells of markers without effect, and takes what they say out of the facts.
pub(super) fn finish(model: &mut Model, report: &mut Report) {
    let mut needless = Vec::new();
    for (id, def) in model.source_types() {
        for (at, field) in def.fields().unwrap_or_default().iter().enumerate() {
            if is_needless(model, field) {
                needless.push((id, at));
            }
        }
    }
    for (id, at) in needless {
        if let Shape::Struct(fields) = &mut model.types[id.0 as usize].shape {
            take_out(&mut fields[at], report);
        }
    }
}

fn is_needless(model: &Model, field: &Field) -> bool {
    let is_plain = field.presence == Presence::Required && !field.ty.is_option();
    let is_marked = || field.facts.rule_kinds().any(|rule| *rule == RuleKind::Required);
    is_plain && is_marked() && model.zero_of(&field.ty).is_none()
}

fn take_out(field: &mut Field, report: &mut Report) {
    let name = &field.name;
    field.facts.rules.retain(|rule| {
        let is_it = rule.kind == RuleKind::Required;
        if is_it {
            let message = format!("`{name}` is required as it stands");
            let help = "`required` is for fields that are an `Option`, have a default or can be empty";
            report.push(Diagnostic::warning("needless-marker", rule.span, message).help(help));
        }
        !is_it
    });
}
