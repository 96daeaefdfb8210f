//! What a marker holds: whether its form is that of its row, and its arguments are those of the row's parameters.

use super::{Checker, Use, UseValue};
use crate::expr::{Expr, ExprKind, Name};
use crate::literal::Literal;
use crate::markers::{self, Form, MarkerDef, Param, ParamKind};
use crate::names::closest;
use crate::report::Diagnostic;
use crate::span::Span;

impl Checker<'_> {
    pub(super) fn arguments<'a>(&mut self, expr: &'a Expr, checked: &mut Use<'a>) -> Option<()> {
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
            .take_while(|arg| matches!(&arg.kind, ExprKind::Assign { name, .. } if markers::find(&name.text).is_none_or(|def| matches!(def.name, "name" | "version" | "group" | "kind"))))
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
