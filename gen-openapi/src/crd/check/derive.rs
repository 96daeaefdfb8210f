//! Kinds that kube-derive makes: what of their schema the source does not tell, and what no server would take.

use kgen_model::model::KubeSchema;
use kgen_model::{Diagnostic, Model, Report, Resource};

use crate::schemars::{self, Place};

pub(super) fn check(model: &Model, resource: &Resource, report: &mut Report) {
    let Some(derive) = &resource.kube_derive else { return };
    let root = match derive.schema {
        KubeSchema::Derived(root) => root,
        KubeSchema::Manual => return by_hand(resource, report),
        KubeSchema::Disabled => return,
    };
    let mut is_known = true;
    for id in schemars::reach(model, root) {
        let unknown = &model.schemars[id.0 as usize].unknown;
        is_known &= unknown.is_empty();
        for found in unknown {
            // Several kinds may hold one type.
            if !report.diagnostics().contains(found) {
                report.push(found.clone());
            }
        }
    }
    // What is wrong with a schema that is not known yet would be said twice.
    if is_known {
        for fault in schemars::root(model, root).1 {
            let span = match &fault.place {
                Place::Path(path) => schemars::span_of(model, root, path),
                Place::Definition(id) => model.schemars[id.0 as usize].span,
            };
            let found = Diagnostic::error("refused-schema", span, fault.message)
                .label(format!("in the definition of `{}`", resource.kind));
            report.push(found.help(
                "change the type, or state another schema: `#[cfg_attr(any(), kgen(schemaless, preserve_unknown_fields))]`",
            ));
        }
    }
}

fn by_hand(resource: &Resource, report: &mut Report) {
    let message = format!(
        "the schema of `{}` is written by hand, so the source does not tell it",
        resource.kind
    );
    report.push(Diagnostic::error("unknown-schema", resource.span, message).help(
        "derive it; or leave this definition to `crd()`: `#[cfg_attr(any(), kgen(generate(crd = false)))]` on the spec",
    ));
}
