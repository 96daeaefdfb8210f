//! What values are legal, as schemars reads it from its own attribute and those of two validators.

use super::attributes::{arguments, find, value};
use crate::expr::{Expr, ExprKind};
use crate::literal::Literal;
use crate::report::Diagnostic;
use crate::schemars::Checks;

const STATE_IT: &str = "state it, without effect on the code: `#[cfg_attr(any(), kgen(pattern = \"..\"))]`, `kgen(minimum = ..)` and so on";

/// The attributes in the order in which schemars takes them: what one says, the next cannot say.
pub(super) fn checks(
    sources: &[Vec<&Expr>; 3],
    constant: &dyn Fn(&Expr) -> Option<Literal>,
    unknown: &mut Vec<Diagnostic>,
) -> Checks {
    let first = |name: &str| sources.iter().find_map(|items| find(items, name));
    let mut bounds = |name: &str| {
        let Some(item) = first(name) else { return (None, None) };
        let args: Vec<&Expr> = arguments(item).iter().collect();
        let mut bound = |name: &str| {
            let argument = find(&args, name).or_else(|| find(&args, "equal")).and_then(value)?;
            let found = number(argument, constant);
            if found.is_none() {
                unknown.push(not_constant(argument, name));
            }
            found
        };
        (bound("min"), bound("max"))
    };
    let (length, range) = (bounds("length"), bounds("range"));
    let formats = [
        ("email", "email"),
        ("url", "uri"),
        ("ip", "ip"),
        ("ipv4", "ipv4"),
        ("ipv6", "ipv6"),
    ];
    let format = formats
        .into_iter()
        .find(|(word, _)| first(word).is_some())
        .map(|(_, format)| format);
    let pattern = pattern(sources, constant, unknown);
    let inner: [Vec<&Expr>; 3] = [0, 1, 2].map(|at| {
        let own = sources[at]
            .iter()
            .filter(|item| item.name().is_some_and(|name| name.text == "inner"));
        own.flat_map(|item| arguments(item)).collect()
    });
    let has_inner = inner.iter().any(|items| !items.is_empty());
    Checks {
        length,
        range,
        pattern,
        format,
        inner: has_inner.then(|| Box::new(checks(&inner, constant, unknown))),
    }
}

/// `regex(pattern = ..)`, `pattern(..)` or `contains(..)`.
fn pattern(
    sources: &[Vec<&Expr>; 3],
    constant: &dyn Fn(&Expr) -> Option<Literal>,
    unknown: &mut Vec<Diagnostic>,
) -> Option<String> {
    let first = |name: &str| sources.iter().find_map(|items| find(items, name));
    let inside = |item: &Expr| -> Option<Expr> {
        let args: Vec<&Expr> = arguments(item).iter().collect();
        let named = find(&args, "pattern").or_else(|| find(&args, "path"));
        named.and_then(value).or_else(|| args.first().copied()).cloned()
    };
    let mut text = |item: &Expr| {
        let expr = inside(item);
        let found = expr
            .as_ref()
            .and_then(constant)
            .and_then(|text| text.as_str().map(str::to_owned));
        if found.is_none() {
            unknown.push(not_constant(item, "pattern"));
        }
        found
    };
    if let Some(item) = first("regex").or_else(|| first("pattern")) {
        return text(item);
    }
    text(first("contains")?).map(|literal| escaped(&literal))
}

/// A number, or text that holds one or the name of a constant.
fn number(argument: &Expr, constant: &dyn Fn(&Expr) -> Option<Literal>) -> Option<Literal> {
    let found = match &argument.kind {
        ExprKind::Literal(Literal::String(text)) => {
            let by_value = text
                .parse()
                .map(Literal::Int)
                .or_else(|_| text.parse().map(Literal::Float));
            by_value.ok().or_else(|| {
                constant(&Expr {
                    span: argument.span,
                    kind: ExprKind::Path(text.clone()),
                })
            })
        }
        _ => constant(argument),
    };
    found.filter(|number| matches!(number, Literal::Int(_) | Literal::Float(_)))
}

fn not_constant(expr: &Expr, what: &str) -> Diagnostic {
    let message = format!("the value of `{what}` is none that kgen can read");
    Diagnostic::error("unknown-schema", expr.span, message).help(STATE_IT)
}

/// Text as a regular expression that matches it alone.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
