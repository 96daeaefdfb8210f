//! Checks declared defaults, for every generator that makes Rust code of them. Diagnostics that two generators report
//! alike are one.

use kgen_model::model::{FieldLayout, SerdeOwner};
use kgen_model::{Diagnostic, Field, Model, Report, Span, TypeDef, TypeId, TypeRef};

use super::endless::endless;
use super::{Misfit, Value};

/// Reports the defaults of fields and types that are no values of their types, or none that Rust code can say.
pub fn check_defaults(model: &Model, report: &mut Report) {
    for (id, ty) in model.source_types() {
        check_type(model, id, ty, report);
        for (index, field) in ty.fields().unwrap_or_default().iter().enumerate() {
            check_field(model, (id, index), field, report);
        }
    }
}

fn check_type(model: &Model, id: TypeId, ty: &TypeDef, report: &mut Report) {
    if let Some(default) = &ty.facts.default
        && let Err(misfit) = Value::of(model, &TypeRef::Named(id), default)
    {
        let span = ty.facts.places.of("default").unwrap_or(ty.span);
        report.push(diagnostic(span, &ty.name, misfit));
    }
}

fn check_field(model: &Model, place: (TypeId, usize), field: &Field, report: &mut Report) {
    let Some(default) = &field.facts.default else { return };
    // What a type's own serde makes of a plain field is its own business.
    let is_read_by_us = model.ty(place.0).serde == SerdeOwner::Generated || field.ty.is_option();
    match field.layout {
        FieldLayout::Member if is_read_by_us => {
            let fits = || Value::of(model, &field.ty, default).err();
            if let Some(misfit) = endless(model, place).or_else(fits) {
                let span = field.facts.places.of("default").unwrap_or(field.span);
                report.push(diagnostic(span, &field.name, misfit));
            }
        }
        FieldLayout::Member | FieldLayout::Skipped => {}
        FieldLayout::Flattened => report.push(of_flattened(field)),
    }
}

fn diagnostic(span: Span, name: &str, misfit: Misfit) -> Diagnostic {
    let Misfit {
        code,
        at,
        problem,
        help,
    } = misfit;
    let place = at.strip_prefix('.').unwrap_or(&at);
    let subject = if place.is_empty() {
        format!("the default of `{name}`")
    } else {
        format!("`{place}` in the default of `{name}`")
    };
    let diagnostic = Diagnostic::error(code, span, format!("{subject} {problem}"));
    diagnostic.help(help.unwrap_or_else(|| "write a value of its type".to_owned()))
}

fn of_flattened(field: &Field) -> Diagnostic {
    let message = format!("`{}` is flattened, so it is never absent as a whole", field.name);
    let span = field.facts.places.of("default").unwrap_or(field.span);
    Diagnostic::error("contradicting-markers", span, message).help("give the fields of its type their defaults")
}
