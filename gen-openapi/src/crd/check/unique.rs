//! `unique_items`, which servers refuse.

use kgen_model::rules::Place;
use kgen_model::{Diagnostic, Report, RuleKind};

pub(super) fn check(place: &Place<'_>, report: &mut Report) {
    for rule in place
        .facts
        .rules
        .iter()
        .filter(|rule| rule.kind == RuleKind::UniqueItems)
    {
        let message = format!("a definition cannot say `unique_items` of `{}`", place.name);
        let help = "servers refuse the keyword since its cost is quadratic: write `list = set`, or `unique = set` with \
                    `max_items`";
        report.push(Diagnostic::error("unique-items", rule.span, message).help(help));
    }
}
