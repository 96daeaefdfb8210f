//! Holds what a person wrote against the table. Everything that passes is well-formed: lowering it needs no more checks
//! of names and argument types.

mod values;

use std::collections::BTreeMap;

use super::{Form, MarkerDef, Param, ParamKind, Place, all, alternatives, by_upstream_name};
use crate::expr::{Expr, ExprKind, Name};
use crate::facts::ListType;
use crate::literal::Literal;
use crate::names::closest;
use crate::report::{Diagnostic, Report};
use crate::span::Span;

/// Looks up constants and variants that markers name.
pub trait Constants {
    /// The value behind a path such as `DEFAULT` or `PaymentMethod::Invoice`, or a finding that says why there is none.
    ///
    /// # Errors
    /// When the path leads to no constant.
    fn constant(&self, path: &str, span: Span) -> Result<Literal, Box<Diagnostic>>;
}

/// A marker that fits its row of the table.
#[derive(Clone, Debug)]
pub struct Use<'a> {
    /// The row.
    pub def: &'static MarkerDef,
    /// The whole marker.
    pub span: Span,
    /// The marker as written.
    pub expr: &'a Expr,
    /// Its name.
    pub name_span: Span,
    /// The value behind `=`.
    pub value: Option<UseValue>,
    /// Arguments by the names of their parameters; of `item` and `generate` as written.
    pub args: Vec<(String, UseValue)>,
    /// Markers inside of a scope.
    pub nested: &'a [Expr],
    /// Markers inside of each case.
    pub cases: Vec<&'a [Expr]>,
}

/// A checked value.
#[derive(Clone, Debug, PartialEq)]
pub enum UseValue {
    /// A constant.
    Constant(Literal),
    /// A path to a function or type.
    Path(Name),
    /// A way to merge lists.
    List(ListType),
}

impl Use<'_> {
    /// The arguments of this name.
    pub fn args_named<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b UseValue> {
        self.args
            .iter()
            .filter(move |(arg, _)| arg == name)
            .map(|(_, value)| value)
    }

    /// The string argument of this name.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.args_named(name).next()?.text()
    }

    /// Where this string stands in the marker; the whole marker if a constant brought it.
    #[must_use]
    pub fn span_of(&self, text: &str) -> Span {
        self.expr.span_of(text).unwrap_or(self.span)
    }

    /// Whether a bare word stands among the arguments.
    #[must_use]
    pub fn switch(&self, name: &str) -> bool {
        self.args_named(name).next().is_some()
    }
}

impl UseValue {
    /// The constant, if it is one.
    #[must_use]
    pub fn literal(&self) -> Option<&Literal> {
        match self {
            Self::Constant(literal) => Some(literal),
            Self::Path(_) | Self::List(_) => None,
        }
    }

    /// The string, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        self.literal()?.as_str().map(str::to_owned)
    }
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

    fn arguments<'a>(&mut self, expr: &'a Expr, checked: &mut Use<'a>) -> Option<()> {
        match (checked.def.form, &expr.kind) {
            (form, ExprKind::Call { args, .. }) if args.is_empty() && needs_some(form) => {
                let message = format!("`{}` holds nothing", checked.def.name);
                self.report.push(
                    Diagnostic::error("missing-argument", expr.span, message)
                        .help(format!("for example: {}", checked.def.example)),
                );
                None
            }
            (Form::Flag | Form::FlagOrValue(_) | Form::FlagOrCall(_), ExprKind::Path(_)) => Some(()),
            (Form::Value(arg) | Form::FlagOrValue(arg), ExprKind::Assign { value, .. }) => {
                checked.value = Some(self.value(arg, value, checked.def.name)?);
                Some(())
            }
            (Form::Call(params) | Form::FlagOrCall(params), ExprKind::Call { args, .. }) => {
                self.params(params, args, checked, false)
            }
            (Form::Scope(params, _), ExprKind::Call { args, .. }) => {
                self.params(params, args, checked, true)?;
                checked.nested = &args[self.arguments_from..];
                Some(())
            }
            (Form::Item, ExprKind::Call { args, .. }) => self.item(args, checked),
            (Form::Cases, ExprKind::Call { args, .. }) => self.cases(args, checked),
            (Form::Switches, ExprKind::Call { args, .. }) => self.switches(args, checked),
            _ => {
                self.wrong_form(checked.def, expr.span);
                None
            }
        }
    }

    fn wrong_form(&mut self, def: &'static MarkerDef, span: Span) {
        let form = match def.form {
            Form::Flag => format!("`{}` takes no value", def.name),
            Form::Value(arg) => format!("`{}` needs a value: {}", def.name, arg.noun()),
            Form::FlagOrValue(arg) => format!("`{}` stands alone or has {}", def.name, arg.noun()),
            Form::Call(_) | Form::FlagOrCall(_) => format!("`{}` takes arguments in parentheses", def.name),
            Form::Scope(..) | Form::Item => format!("`{}` holds other markers in parentheses", def.name),
            Form::Cases => format!("`{}` holds cases in parentheses", def.name),
            Form::Switches => format!("`{}` holds switches in parentheses", def.name),
        };
        self.report
            .push(Diagnostic::error("bad-marker-argument", span, form).help(format!("for example: {}", def.example)));
    }

    /// Matches arguments to parameters. In a scope the first argument that fits no parameter begins the markers.
    fn params(&mut self, params: &'static [Param], args: &[Expr], checked: &mut Use<'_>, scope: bool) -> Option<()> {
        let owner = checked.def.name;
        let mut positions = params
            .iter()
            .filter(|param| matches!(param.kind, ParamKind::Positional | ParamKind::Rest));
        let mut position = positions.next();
        let mut fine = true;
        let mut taken = 0;
        for arg in args {
            let by_name = arg.name().and_then(|name| {
                let named = |param: &&Param| param.name == name.text && is_named(param.kind);
                params.iter().find(named).map(|param| (param, name))
            });
            let value = if let Some((param, name)) = by_name {
                self.named_param(param, &name, arg, checked)
            } else if let Some(param) =
                position.filter(|_| !matches!(arg.kind, ExprKind::Assign { .. } | ExprKind::Call { .. }))
            {
                if param.kind == ParamKind::Positional {
                    position = positions.next();
                }
                self.value(param.arg, arg, owner)
                    .map(|value| (param.name.to_owned(), value))
            } else if scope {
                break;
            } else {
                self.unknown_argument(params, arg, checked.def);
                None
            };
            taken += 1;
            fine &= value.is_some();
            checked.args.extend(value);
        }
        self.arguments_from = taken;
        (fine && self.all_there(params, checked)).then_some(())
    }

    fn named_param(&mut self, param: &Param, name: &Name, arg: &Expr, checked: &Use<'_>) -> Option<(String, UseValue)> {
        if checked.args.iter().any(|(have, _)| have == param.name) {
            self.report.push(
                Diagnostic::error(
                    "repeated-marker",
                    name.span,
                    format!("`{}` stands here twice", param.name),
                )
                .help("keep one of them"),
            );
            return None;
        }
        match (&arg.kind, param.kind) {
            (ExprKind::Path(_), ParamKind::Switch) => {
                Some((param.name.to_owned(), UseValue::Constant(Literal::Bool(true))))
            }
            (ExprKind::Assign { value, .. }, ParamKind::Named | ParamKind::Optional) => self
                .value(param.arg, value, param.name)
                .map(|value| (param.name.to_owned(), value)),
            _ => {
                let wanted = if param.kind == ParamKind::Switch {
                    format!("`{}` takes no value", param.name)
                } else {
                    format!("`{}` needs a value: {}", param.name, param.arg.noun())
                };
                self.report.push(
                    Diagnostic::error("bad-marker-argument", arg.span, wanted)
                        .help(format!("for example: {}", checked.def.example)),
                );
                None
            }
        }
    }

    fn unknown_argument(&mut self, params: &'static [Param], arg: &Expr, def: &MarkerDef) {
        let owner = def.name;
        let names: Vec<&str> = params
            .iter()
            .filter(|param| is_named(param.kind))
            .map(|param| param.name)
            .collect();
        let mut diagnostic = match arg.name() {
            Some(name) => {
                let text = format!("`{owner}` has no argument `{}`", name.text);
                let diagnostic = Diagnostic::error("unknown-argument", name.span, text);
                match closest(&name.text, names.iter().copied()) {
                    Some(close) => diagnostic
                        .help(format!("did you mean `{close}`?"))
                        .suggest(name.span, close),
                    None => diagnostic,
                }
            }
            None => Diagnostic::error("unknown-argument", arg.span, format!("`{owner}` has no place for this")),
        };
        if diagnostic.help.is_none() {
            diagnostic = diagnostic.help(match names.as_slice() {
                [] => format!("for example: {}", def.example),
                names => format!("its arguments are `{}`", names.join("`, `")),
            });
        }
        self.report.push(diagnostic);
    }

    fn all_there(&mut self, params: &'static [Param], checked: &Use<'_>) -> bool {
        let missing = params.iter().find(|param| {
            matches!(param.kind, ParamKind::Positional | ParamKind::Rest | ParamKind::Named)
                && !checked.args.iter().any(|(name, _)| name == param.name)
        });
        if let Some(param) = missing {
            self.report.push(
                Diagnostic::error(
                    "missing-argument",
                    checked.span,
                    format!("`{}` lacks its {}: {}", checked.def.name, param.name, param.arg.noun()),
                )
                .help(format!("for example: {}", checked.def.example)),
            );
        }
        missing.is_none()
    }

    fn item<'a>(&mut self, args: &'a [Expr], checked: &mut Use<'a>) -> Option<()> {
        let keys = args
            .iter()
            .take_while(|arg| matches!(&arg.kind, ExprKind::Assign { name, .. } if super::find(&name.text).is_none_or(|def| matches!(def.name, "name" | "version" | "group" | "kind"))))
            .count();
        for arg in &args[..keys] {
            if let ExprKind::Assign { name, value } = &arg.kind {
                let value = self.constant(value)?;
                checked.args.push((name.text.clone(), UseValue::Constant(value)));
            }
        }
        checked.nested = &args[keys..];
        if keys == 0 {
            self.report.push(
                Diagnostic::error("missing-argument", checked.span, "`item` lacks the keys of its element")
                    .help(format!("for example: {}", checked.def.example)),
            );
            return None;
        }
        Some(())
    }

    fn cases<'a>(&mut self, args: &'a [Expr], checked: &mut Use<'a>) -> Option<()> {
        for arg in args {
            match &arg.kind {
                ExprKind::Call { name, args } if name.text == "case" => checked.cases.push(args),
                _ => {
                    self.report.push(
                        Diagnostic::error(
                            "bad-marker-argument",
                            arg.span,
                            format!("`{}` holds nothing but `case(..)`", checked.def.name),
                        )
                        .help(format!("for example: {}", checked.def.example)),
                    );
                    return None;
                }
            }
        }
        if checked.cases.is_empty() {
            self.wrong_form(checked.def, checked.span);
            return None;
        }
        Some(())
    }

    fn switches(&mut self, args: &[Expr], checked: &mut Use<'_>) -> Option<()> {
        for arg in args {
            match &arg.kind {
                ExprKind::Assign { name, value } if matches!(value.literal(), Some(Literal::Bool(_))) => {
                    let value = value.literal().unwrap_or(Literal::Null);
                    checked.args.push((name.text.clone(), UseValue::Constant(value)));
                }
                _ => {
                    self.wrong_form(checked.def, arg.span);
                    return None;
                }
            }
        }
        Some(())
    }
}

/// Whether empty parentheses would say nothing, although each argument may be left out.
fn needs_some(form: Form) -> bool {
    match form {
        Form::Call(params) => params
            .iter()
            .all(|param| matches!(param.kind, ParamKind::Optional | ParamKind::Switch)),
        Form::Scope(params, _) => params.is_empty(),
        Form::Switches => true,
        Form::Flag | Form::Value(_) | Form::FlagOrValue(_) | Form::FlagOrCall(_) | Form::Item | Form::Cases => false,
    }
}

fn is_named(kind: ParamKind) -> bool {
    match kind {
        ParamKind::Named | ParamKind::Optional | ParamKind::Switch => true,
        ParamKind::Positional | ParamKind::Rest => false,
    }
}
