//! The generators that `generate(..)` switches: only the pipeline knows which ones there are.

use kgen_model::names::closest;
use kgen_model::{Diagnostic, Draft, Expr, ExprKind, Name, Report};

use crate::words::listed;

/// Reports names in `generate(..)` that no generator has.
pub(crate) fn check(draft: &Draft, known: &[&str], report: &mut Report) {
    for module in &draft.modules {
        let versions = module.versions.iter().map(|version| &version.markers);
        let markers = versions.chain(module.types.iter().map(|ty| &ty.markers)).flatten();
        for name in markers
            .flat_map(names)
            .filter(|name| !known.contains(&name.text.as_str()))
        {
            let message = format!("unknown generator `{}`", name.text);
            let diagnostic = Diagnostic::error("unknown-generator", name.span, message);
            report.push(match closest(&name.text, known.iter().copied()) {
                Some(meant) => diagnostic
                    .suggest(name.span, meant)
                    .help(format!("did you mean `{meant}`?")),
                None => diagnostic.help(format!("the generators are {}", listed(known))),
            });
        }
    }
}

fn names(marker: &Expr) -> Vec<&Name> {
    match &marker.kind {
        ExprKind::Call { name, args } if name.text == "generate" => args.iter().filter_map(switch).collect(),
        _ => Vec::new(),
    }
}

fn switch(arg: &Expr) -> Option<&Name> {
    match &arg.kind {
        ExprKind::Assign { name, .. } => Some(name),
        _ => None,
    }
}
