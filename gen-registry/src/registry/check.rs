//! Refuses strategies that would never be asked.

use kgen_model::{Diagnostic, Model, Report, Resource};

/// A server works on objects in the version that they are stored in.
pub(super) fn check(model: &Model, report: &mut Report) {
    let elsewhere = model.resources.iter().filter(|resource| !resource.storage);
    for resource in elsewhere.filter(|resource| resource.strategy.is_some()) {
        let span = resource.places.nth("strategy", 0).unwrap_or(resource.span);
        let version = &model.version(resource.version).version;
        let message = format!(
            "`strategy` stands at {version}, in which `{}` is not stored",
            resource.kind
        );
        let is_hub = |other: &&Resource| {
            other.storage
                && other.kind == resource.kind
                && model.version(other.version).group == model.version(resource.version).group
        };
        let help = match model.resources.iter().find(is_hub) {
            Some(hub) => {
                let ty = model.ty(hub.ty);
                format!("move it to `{}::{}`", ty.module.join("::"), ty.name)
            }
            None => "move it to the version that says `storage`".to_owned(),
        };
        report.push(Diagnostic::error("misplaced-marker", span, message).help(help));
    }
}
