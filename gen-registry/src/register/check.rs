//! Refuses what cannot be registered.

use kgen_model::{Diagnostic, Model, Report, Resource};

use super::plan::registered;

pub(super) fn check(model: &Model, report: &mut Report) {
    for resource in registered(model) {
        traits(model, resource, report);
    }
}

/// Objects whose type is not known can be printed for debugging, which their types have to be able to.
fn traits(model: &Model, resource: &Resource, report: &mut Report) {
    let ty = model.ty(resource.ty);
    if !ty.has_trait("Debug") {
        let message = format!("`{}` is a kind and not `Debug`", ty.name);
        let help = format!(
            "derive `Debug` for `{}`, or write `generate(register = false)`",
            ty.name
        );
        report.push(Diagnostic::error("missing-derive", ty.span, message).help(help));
    }
}
