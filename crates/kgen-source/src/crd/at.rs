//! A place in a document: where it lies in the file, and the JSON pointer that leads to it, which is in every finding.

use std::fmt;
use std::rc::Rc;

use kgen_model::{Diagnostic, Span};

use super::yaml::{Entry, Node};

/// A value with the way to it.
#[derive(Clone, Debug)]
pub(super) struct At<'n, 't> {
    pub(super) node: &'n Node<'t>,
    /// The key, or the value where there is none.
    pub(super) span: Span,
    step: Option<Rc<Step<'n>>>,
}

#[derive(Debug)]
struct Step<'n> {
    up: Option<Rc<Step<'n>>>,
    name: Name<'n>,
}

#[derive(Debug)]
enum Name<'n> {
    Key(&'n str),
    Index(usize),
}

impl<'n, 't> At<'n, 't> {
    /// A whole document.
    pub(super) fn document(node: &'n Node<'t>) -> Self {
        Self {
            node,
            span: node.span,
            step: None,
        }
    }

    /// A member of the value.
    pub(super) fn member(&self, entry: &'n Entry<'t>) -> Self {
        Self {
            node: &entry.value,
            span: entry.key_span,
            step: self.step(Name::Key(&entry.key)),
        }
    }

    /// The member of this name, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let entry = self.node.entries()?.iter().find(|entry| entry.key == key)?;
        Some(self.member(entry)).filter(|at| !matches!(at.node.kind, super::yaml::Kind::Null))
    }

    /// An element of the value.
    pub(super) fn element(&self, index: usize, node: &'n Node<'t>) -> Self {
        Self {
            node,
            span: node.span,
            step: self.step(Name::Index(index)),
        }
    }

    /// The elements of the value, if it is a list.
    pub(super) fn elements(&self) -> Option<impl Iterator<Item = Self> + use<'n, 't>> {
        let super::yaml::Kind::List(items) = &self.node.kind else {
            return None;
        };
        let this = self.clone();
        Some(
            items
                .iter()
                .enumerate()
                .map(move |(index, node)| this.element(index, node)),
        )
    }

    /// An error here, with the pointer as its label.
    pub(super) fn error(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.span, message).label(self.to_string())
    }

    /// A warning here, with the pointer as its label.
    pub(super) fn warning(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(code, self.span, message).label(self.to_string())
    }

    /// The name of a member, if this is one.
    pub(super) fn key(&self) -> &'n str {
        match self.step.as_deref() {
            Some(Step {
                name: Name::Key(key), ..
            }) => key,
            Some(Step {
                name: Name::Index(_), ..
            })
            | None => "",
        }
    }

    fn step(&self, name: Name<'n>) -> Option<Rc<Step<'n>>> {
        let up = self.step.clone();
        Some(Rc::new(Step { up, name }))
    }
}

/// The JSON pointer.
impl fmt::Display for At<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = Vec::new();
        let mut step = self.step.as_deref();
        while let Some(Step { up, name }) = step {
            names.push(match name {
                Name::Key(key) => key.replace('~', "~0").replace('/', "~1"),
                Name::Index(index) => index.to_string(),
            });
            step = up.as_deref();
        }
        names.iter().rev().try_for_each(|name| write!(f, "/{name}"))
    }
}
