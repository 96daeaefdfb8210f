//! A marker that fits its row of the table, with what it says.

use crate::expr::{Expr, Name};
use crate::facts::ListType;
use crate::literal::Literal;
use crate::markers::MarkerDef;
use crate::span::Span;

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

/// Markers of one place, by their names.
#[derive(Clone, Copy)]
pub(crate) struct Uses<'u, 'a>(pub(crate) &'u [Use<'a>]);

impl<'u, 'a> Uses<'u, 'a> {
    /// All markers of this name.
    pub(crate) fn all(self, name: &'static str) -> impl Iterator<Item = &'u Use<'a>> {
        self.0.iter().filter(move |marker| marker.def.name == name)
    }

    /// The marker of this name.
    pub(crate) fn find(self, name: &'static str) -> Option<&'u Use<'a>> {
        self.all(name).next()
    }

    /// Whether the marker stands here.
    pub(crate) fn says(self, name: &'static str) -> bool {
        self.find(name).is_some()
    }

    /// The string behind the `=` of the marker.
    pub(crate) fn text(self, name: &'static str) -> Option<String> {
        self.texts(name).next()
    }

    /// The strings behind the `=` of all markers of this name.
    pub(crate) fn texts(self, name: &'static str) -> impl Iterator<Item = String> {
        self.all(name).filter_map(|marker| marker.value.as_ref()?.text())
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
