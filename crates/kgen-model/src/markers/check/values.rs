//! What stands behind `=` and between parentheses: constants, words, paths and ways to merge lists.

use super::{Checker, UseValue};
use crate::expr::{Expr, ExprKind, Name};
use crate::facts::ListType;
use crate::literal::Literal;
use crate::markers::Arg;
use crate::names::closest;
use crate::report::Diagnostic;

impl Checker<'_> {
    /// The value of a marker or of an argument, which is called `owner`.
    pub(super) fn value(&mut self, arg: Arg, expr: &Expr, owner: &str) -> Option<UseValue> {
        if let Some(value) = word(arg, expr) {
            return Some(value);
        }
        if !matches!(arg, Arg::Path | Arg::ListType | Arg::Word(_)) {
            let literal = self.constant(expr)?;
            if fits(arg, &literal) {
                return Some(UseValue::Constant(literal));
            }
        }
        let at = misfit(arg, expr);
        let message = format!("`{owner}` needs {}", arg.noun());
        let mut diagnostic = Diagnostic::error("bad-marker-argument", at.span, message);
        if let Some(literal) = at.literal() {
            diagnostic = diagnostic.label(label(arg, &literal));
        }
        self.report.push(match meant(arg, at) {
            Some((help, replacement)) => diagnostic.help(help).suggest(at.span, replacement),
            None => diagnostic,
        });
        None
    }

    /// A constant with the names in it looked up.
    pub(super) fn constant(&mut self, expr: &Expr) -> Option<Literal> {
        match &expr.kind {
            ExprKind::Literal(literal) => Some(literal.clone()),
            ExprKind::List(items) => {
                let values: Vec<_> = items.iter().map(|item| self.constant(item)).collect();
                values.into_iter().collect::<Option<_>>().map(Literal::List)
            }
            ExprKind::Path(path) => match self.constants.constant(path, expr.span) {
                Ok(literal) => Some(literal),
                Err(diagnostic) => {
                    self.report.push(*diagnostic);
                    None
                }
            },
            ExprKind::Assign { .. } | ExprKind::Call { .. } => {
                self.report.push(
                    Diagnostic::error("bad-marker-argument", expr.span, "this is no constant")
                        .help("write a literal, a list, `json!(..)`, or a path to a constant or variant"),
                );
                None
            }
        }
    }
}

/// A value that is no constant, if it fits.
fn word(arg: Arg, expr: &Expr) -> Option<UseValue> {
    match (arg, &expr.kind) {
        (Arg::Path, ExprKind::Path(text)) => {
            let (text, span) = (text.clone(), expr.span);
            Some(UseValue::Path(Name { text, span }))
        }
        (Arg::Word(words), ExprKind::Path(text)) if words.contains(&text.as_str()) => {
            Some(UseValue::Constant(Literal::from(text.as_str())))
        }
        (Arg::ListType, _) => list_type(expr).map(UseValue::List),
        _ => None,
    }
}

fn list_type(expr: &Expr) -> Option<ListType> {
    match &expr.kind {
        ExprKind::Path(word) if word == "atomic" => Some(ListType::Atomic),
        ExprKind::Path(word) if word == "set" => Some(ListType::Set),
        ExprKind::Call { name, args } if name.text == "map" && !args.is_empty() => {
            let key = |arg: &Expr| match &arg.kind {
                ExprKind::Assign { name, value } if name.text == "key" => Some(value.literal()?.as_str()?.to_owned()),
                _ => None,
            };
            args.iter().map(key).collect::<Option<_>>().map(ListType::Map)
        }
        _ => None,
    }
}

fn fits(arg: Arg, literal: &Literal) -> bool {
    match arg {
        Arg::Bool => matches!(literal, Literal::Bool(_)),
        Arg::Count => matches!(literal, Literal::Int(value) if *value >= 0 && u64::try_from(*value).is_ok()),
        Arg::Int => matches!(literal, Literal::Int(_)),
        Arg::Number => matches!(literal, Literal::Int(_) | Literal::Float(_)),
        Arg::Text => matches!(literal, Literal::String(_)),
        Arg::Constant => true,
        Arg::Constants => matches!(literal, Literal::List(values) if !values.is_empty()),
        Arg::Texts => matches!(literal, Literal::List(values) if values.iter().all(|value| value.as_str().is_some())),
        // Their values are no constants: `word` has looked at them before.
        Arg::Word(_) | Arg::Path | Arg::ListType => false,
    }
}

/// The part that does not fit: an element of a list, or the whole.
fn misfit(arg: Arg, expr: &Expr) -> &Expr {
    match (arg, &expr.kind) {
        (Arg::Texts, ExprKind::List(items)) => {
            let is_other = |item: &&Expr| item.literal().is_some_and(|literal| literal.as_str().is_none());
            items.iter().find(is_other).unwrap_or(expr)
        }
        _ => expr,
    }
}

fn label(arg: Arg, literal: &Literal) -> String {
    match literal {
        Literal::Int(value) if arg == Arg::Count && *value < 0 => "this is below 0".to_owned(),
        Literal::List(values) if values.is_empty() => "this is an empty list".to_owned(),
        other => format!("this is {}", other.noun()),
    }
}

/// What was likely meant: help, and the text to write.
fn meant(arg: Arg, expr: &Expr) -> Option<(String, String)> {
    let words: &[&str] = match arg {
        Arg::Word(words) => words,
        Arg::ListType => &["atomic", "set"],
        _ => &[],
    };
    match &expr.kind {
        ExprKind::Path(text) => {
            let close = closest(text, words.iter().copied())?;
            Some((format!("did you mean `{close}`?"), close.to_owned()))
        }
        ExprKind::Literal(Literal::String(text)) => {
            let is_meant = match arg {
                Arg::Bool => text.parse::<bool>().is_ok(),
                Arg::Count => text.parse::<u64>().is_ok(),
                Arg::Int => text.parse::<i128>().is_ok(),
                Arg::Number => text.parse::<f64>().is_ok_and(f64::is_finite),
                Arg::Path => text.split("::").all(is_identifier),
                Arg::Word(_) | Arg::ListType => words.contains(&text.as_str()),
                Arg::Text | Arg::Constant | Arg::Constants | Arg::Texts => false,
            };
            is_meant.then(|| ("write it without quotes".to_owned(), text.clone()))
        }
        ExprKind::Literal(literal @ (Literal::Int(_) | Literal::Bool(_))) if matches!(arg, Arg::Text | Arg::Texts) => {
            Some(("write it in quotes".to_owned(), format!("\"{literal}\"")))
        }
        ExprKind::Literal(literal) if arg == Arg::Constants => {
            Some(("write it in brackets".to_owned(), format!("[{literal}]")))
        }
        _ => None,
    }
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}
