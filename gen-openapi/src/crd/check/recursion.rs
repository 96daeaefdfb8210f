//! Types inside of themselves. A structural schema has no references, so that it cannot hold them.

use std::collections::BTreeSet;

use kgen_model::model::Origin;
use kgen_model::{Diagnostic, Model, Report, Resource, Span, TypeId};

use crate::structural::edges;

pub(super) fn check(model: &Model, resources: &[&Resource], report: &mut Report) {
    let mut search = Search {
        model,
        path: Vec::new(),
        done: BTreeSet::new(),
        report,
    };
    for resource in resources {
        search.enter(resource.ty);
    }
}

struct Search<'s> {
    model: &'s Model,
    /// The types that are open, each with the place that led to the next.
    path: Vec<(TypeId, Span)>,
    done: BTreeSet<TypeId>,
    report: &'s mut Report,
}

impl Search<'_> {
    fn enter(&mut self, id: TypeId) {
        if !self.done.insert(id) {
            return;
        }
        for edge in edges(self.model, id).into_iter().filter(|edge| !edge.preserved) {
            self.path.push((id, edge.span));
            match self.path.iter().position(|(open, _)| *open == edge.to) {
                Some(from) => self.found(from),
                None => self.enter(edge.to),
            }
            self.path.pop();
        }
    }

    /// The open types from `from` on lead back to the first of them.
    fn found(&mut self, from: usize) {
        let cycle = &self.path[from..];
        let names: Vec<_> = cycle
            .iter()
            .chain(&cycle[..1])
            .map(|(id, _)| self.model.ty(*id).name.as_str())
            .collect();
        // Types of Kubernetes have no place in the source: the person's own use of them has.
        let own = self
            .path
            .iter()
            .rev()
            .find(|(id, _)| self.model.ty(*id).origin == Origin::Source);
        let span = own.map_or_else(Span::default, |(_, span)| *span);
        let message = format!("`{}` holds itself: {}", names[0], names.join(" -> "));
        let help = "a definition cannot be recursive: mark this field `preserve_unknown_fields` (for elements: \
                    `each(preserve_unknown_fields)`), which leaves what is in it unchecked, or `schemaless`";
        self.report
            .push(Diagnostic::error("recursive-type", span, message).help(help));
    }
}
