//! Holds what a person wrote against the table. Everything that passes is well-formed: lowering it needs no more checks
//! of names and argument types.

mod arguments;
mod used;
mod values;

use std::collections::BTreeMap;

use super::{MarkerDef, Place, all, alternatives, by_upstream_name};
use crate::expr::{Expr, Name};
use crate::literal::Literal;
use crate::names::closest;
use crate::report::{Diagnostic, Report};
use crate::span::Span;

pub(crate) use used::Uses;
pub use used::{Use, UseValue};

/// Looks up constants and variants that markers name.
pub trait Constants {
    /// The value behind a path such as `DEFAULT` or `PaymentMethod::Invoice`, or a finding that says why there is none.
    ///
    /// # Errors
    /// When the path leads to no constant.
    fn constant(&self, path: &str, span: Span) -> Result<Literal, Box<Diagnostic>>;
}

/// Checks the markers of one place. What is wrong goes to the report and is left out of the result.
pub fn check<'a>(exprs: &'a [Expr], places: &[Place], constants: &dyn Constants, report: &mut Report) -> Vec<Use<'a>> {
    let mut checker = Checker {
        places,
        constants,
        report,
        seen: BTreeMap::new(),
        arguments_from: 0,
    };
    exprs.iter().filter_map(|expr| checker.marker(expr)).collect()
}

struct Checker<'c> {
    places: &'c [Place],
    constants: &'c dyn Constants,
    report: &'c mut Report,
    seen: BTreeMap<&'static str, Span>,
    arguments_from: usize,
}

impl Checker<'_> {
    fn marker<'a>(&mut self, expr: &'a Expr) -> Option<Use<'a>> {
        let Some(name) = expr.name() else {
            self.report.push(
                Diagnostic::error("bad-marker-syntax", expr.span, "a marker begins with its name")
                    .help("write `name`, `name = value` or `name(..)`"),
            );
            return None;
        };
        let def = self.known(&name)?;
        self.in_place(def, &name)?;
        self.once(def, &name)?;
        let mut checked = Use {
            def,
            span: expr.span,
            expr,
            name_span: name.span,
            value: None,
            args: Vec::new(),
            nested: &[],
            cases: Vec::new(),
        };
        self.arguments(expr, &mut checked)?;
        Some(checked)
    }

    fn known(&mut self, name: &Name) -> Option<&'static MarkerDef> {
        if let Some(def) = super::find(&name.text) {
            return Some(def);
        }
        let mut diagnostic = Diagnostic::error(
            "unknown-marker",
            name.span,
            format!("there is no marker `{}`", name.text),
        );
        let here = || all().filter(|def| def.places.iter().any(|place| self.places.contains(place)));
        let ours: Vec<&str> = by_upstream_name(&name.text).map(|def| def.name).collect();
        if let Some(ours) = ours.first() {
            diagnostic = diagnostic
                .help(format!("kgen calls it `{ours}`"))
                .suggest(name.span, *ours);
        } else if let Some(close) =
            closest(&name.text, here().map(|def| def.name)).or_else(|| closest(&name.text, all().map(|def| def.name)))
        {
            diagnostic = diagnostic
                .help(format!("did you mean `{close}`?"))
                .suggest(name.span, close);
        } else {
            diagnostic = diagnostic.help("`kgen explain` lists all markers");
        }
        self.report.push(diagnostic);
        None
    }

    fn in_place(&mut self, def: &'static MarkerDef, name: &Name) -> Option<()> {
        if def.places.iter().any(|place| self.places.contains(place)) {
            return Some(());
        }
        let legal = alternatives(def.places.iter().map(|place| place.adverb()));
        let here = self
            .places
            .first()
            .map_or_else(|| "here".into(), |place| place.adverb());
        let mut diagnostic = Diagnostic::error(
            "misplaced-marker",
            name.span,
            format!("`{}` has no meaning {here}", def.name),
        )
        .help(format!("`{}` may stand {legal}", def.name));
        if self.places == [Place::Type] && def.places.contains(&Place::Kind) {
            diagnostic = diagnostic.help(format!("`{}` is for kinds: add `kind` if the struct is one", def.name));
        }
        self.report.push(diagnostic);
        None
    }

    fn once(&mut self, def: &'static MarkerDef, name: &Name) -> Option<()> {
        if let Some(first) = self.seen.get(def.name)
            && !def.repeat
        {
            self.report.push(
                Diagnostic::error(
                    "repeated-marker",
                    name.span,
                    format!("`{}` stands here twice", def.name),
                )
                .related(*first, "first here")
                .help("keep one of them"),
            );
            return None;
        }
        if let Some(conflict) = def.conflicts.iter().find(|conflict| self.seen.contains_key(*conflict)) {
            self.report.push(
                Diagnostic::error(
                    "contradicting-markers",
                    name.span,
                    format!("`{}` contradicts `{conflict}`", def.name),
                )
                .related(self.seen[conflict], format!("`{conflict}` is here"))
                .help("keep one of them"),
            );
            return None;
        }
        self.seen.entry(def.name).or_insert(name.span);
        Some(())
    }
}
