//! The neutral form of what stands in an attribute: words, values and lists with their places.

use crate::literal::Literal;
use crate::span::Span;

/// One item of an attribute, or one argument of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// The whole.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `1`, `-1.5`, `"x"`, `true`, or a whole `json!(..)`.
    Literal(Literal),
    /// `optional`, `PaymentMethod::Invoice`.
    Path(String),
    /// `name = value`
    Assign {
        /// What is left of `=`.
        name: Name,
        /// What is right of it.
        value: Box<Expr>,
    },
    /// `name(..)`
    Call {
        /// What stands before the parenthesis.
        name: Name,
        /// What stands in it.
        args: Vec<Expr>,
    },
    /// `[a, b]`
    List(Vec<Expr>),
}

/// A name with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The text.
    pub text: String,
    /// The place.
    pub span: Span,
}

impl Expr {
    /// The marker's name, for the three forms that begin with one: `a`, `a = ..`, `a(..)`.
    #[must_use]
    pub fn name(&self) -> Option<Name> {
        match &self.kind {
            ExprKind::Path(text) => Some(Name {
                text: text.clone(),
                span: self.span,
            }),
            ExprKind::Assign { name, .. } | ExprKind::Call { name, .. } => Some(name.clone()),
            ExprKind::Literal(_) | ExprKind::List(_) => None,
        }
    }

    /// Where this string stands in the expression.
    #[must_use]
    pub fn span_of(&self, text: &str) -> Option<Span> {
        match &self.kind {
            ExprKind::Literal(literal) => (literal.as_str() == Some(text)).then_some(self.span),
            ExprKind::Path(_) => None,
            ExprKind::Assign { value, .. } => value.span_of(text),
            ExprKind::Call { args: items, .. } | ExprKind::List(items) => {
                items.iter().find_map(|item| item.span_of(text))
            }
        }
    }

    /// The value as a constant, if it is one without any names in it.
    #[must_use]
    pub fn literal(&self) -> Option<Literal> {
        match &self.kind {
            ExprKind::Literal(literal) => Some(literal.clone()),
            ExprKind::List(items) => items
                .iter()
                .map(Self::literal)
                .collect::<Option<_>>()
                .map(Literal::List),
            ExprKind::Path(_) | ExprKind::Assign { .. } | ExprKind::Call { .. } => None,
        }
    }
}
