//! Tells what is not registered.

use kgen_model::{Diagnostic, Model, Report};

use super::plan::{is_printable, kinds};

/// Objects whose type is not known can be printed for debugging, which their types have to be able to.
pub(super) fn check(model: &Model, report: &mut Report) {
    for resource in kinds(model).filter(|resource| !is_printable(model, resource)) {
        let ty = model.ty(resource.ty);
        let message = format!("`{}` is not in the scheme, because it is not `Debug`", ty.name);
        let help = format!(
            "derive `Debug` for `{}`, or write `generate(register = false)`",
            ty.name
        );
        report.push(Diagnostic::warning("missing-derive", ty.span, message).help(help));
    }
}
