//! Markers as a person would write them, with the places of what they say.

use kgen_model::{Expr, ExprKind, Literal, Name, Span};

/// `name`
pub(super) fn flag(name: &str, span: Span) -> Expr {
    Expr {
        span,
        kind: ExprKind::Path(name.to_owned()),
    }
}

/// `name = literal`
pub(super) fn assign(name: &str, value: impl Into<Literal>, span: Span) -> Expr {
    assign_expr(name, literal(value, span), span)
}

/// `name = word`
pub(super) fn assign_word(name: &str, word: &str, span: Span) -> Expr {
    assign_expr(name, flag(word, span), span)
}

/// `name = <any expression>`
pub(super) fn assign_expr(name: &str, value: Expr, span: Span) -> Expr {
    let value = Box::new(value);
    Expr {
        span,
        kind: ExprKind::Assign {
            name: name_at(name, span),
            value,
        },
    }
}

/// `name(arguments)`
pub(super) fn call(name: &str, args: Vec<Expr>, span: Span) -> Expr {
    Expr {
        span,
        kind: ExprKind::Call {
            name: name_at(name, span),
            args,
        },
    }
}

/// A constant.
pub(super) fn literal(value: impl Into<Literal>, span: Span) -> Expr {
    Expr {
        span,
        kind: ExprKind::Literal(value.into()),
    }
}

/// `[a, b]`
pub(super) fn list(values: impl IntoIterator<Item = Literal>, span: Span) -> Expr {
    Expr {
        span,
        kind: ExprKind::List(values.into_iter().map(|value| literal(value, span)).collect()),
    }
}

/// Whether one of the markers has this name.
pub(super) fn says(markers: &[Expr], name: &str) -> bool {
    markers.iter().any(|marker| match &marker.kind {
        ExprKind::Path(text) => text == name,
        ExprKind::Assign { name: have, .. } | ExprKind::Call { name: have, .. } => have.text == name,
        ExprKind::Literal(_) | ExprKind::List(_) => false,
    })
}

fn name_at(text: &str, span: Span) -> Name {
    Name {
        text: text.to_owned(),
        span,
    }
}
