//! Constants and variants that markers name.

use super::scope::{Scopes, Target};
use crate::draft::{DraftType, DraftVariant};
use crate::expr::{Expr, ExprKind};
use crate::literal::Literal;
use crate::markers::Constants;
use crate::names::Case;
use crate::report::Diagnostic;
use crate::span::Span;

/// How many constants may stand for one another. Longer chains are cycles.
const LONGEST_CHAIN: usize = 32;

/// The constants that one module can see.
pub(super) struct InModule<'s, 'd> {
    pub(super) scopes: &'s Scopes<'d>,
    pub(super) module: usize,
}

impl Constants for InModule<'_, '_> {
    fn constant(&self, path: &str, span: Span) -> Result<Literal, Box<Diagnostic>> {
        self.value(self.module, path, span, 0)
    }
}

impl InModule<'_, '_> {
    fn value(&self, module: usize, path: &str, span: Span, depth: usize) -> Result<Literal, Box<Diagnostic>> {
        if path == "null" {
            return Ok(Literal::Null);
        }
        let segments: Vec<&str> = path.split("::").collect();
        match self.scopes.lookup(module, &segments, false) {
            Some(Target::Const(home, index)) => {
                let constant = self.scopes.constant(home, index);
                let value = self.constant_item(home, constant.value.as_ref(), path, span, depth);
                value.map_err(|found| {
                    if found.related.is_empty() {
                        Box::new(found.related(constant.span, "its value stands here"))
                    } else {
                        found
                    }
                })
            }
            Some(Target::Associated(home, index, name)) => self.associated(home, index, &name, path, span, depth),
            Some(Target::Function(_)) => Err(Box::new(
                Diagnostic::error(
                    "unknown-constant",
                    span,
                    format!("`{path}` is a function, not a constant"),
                )
                .help("functions that complete an object are named at the type: `default_with = path`"),
            )),
            Some(Target::Type(..) | Target::Alias(..) | Target::Module(_) | Target::External(_)) | None => {
                Err(self.unknown(path, span))
            }
        }
    }

    fn unknown(&self, path: &str, span: Span) -> Box<Diagnostic> {
        let message = format!("cannot find the constant or variant `{path}`");
        let close = crate::names::closest(path, self.scopes.const_names(self.module));
        let help = close.map(|close| format!("did you mean `{close}`?"));
        let usual = "write a string in quotes, or a path to a `const` or variant of this crate";
        Box::new(Diagnostic::error("unknown-constant", span, message).help(help.unwrap_or_else(|| usual.to_owned())))
    }

    fn constant_item(
        &self,
        home: usize,
        value: Option<&Expr>,
        path: &str,
        span: Span,
        depth: usize,
    ) -> Result<Literal, Box<Diagnostic>> {
        let Some(value) = value.filter(|_| depth < LONGEST_CHAIN) else {
            return Err(Box::new(
                Diagnostic::error(
                    "unknown-constant",
                    span,
                    format!("the value of `{path}` cannot be read"),
                )
                .help("constants for markers are literals, lists of them, or other constants"),
            ));
        };
        match &value.kind {
            ExprKind::Path(other) => self.value(home, other, span, depth + 1),
            ExprKind::List(items) => {
                let items: Result<_, _> = items
                    .iter()
                    .map(|item| self.constant_item(home, Some(item), path, span, depth + 1))
                    .collect();
                items.map(Literal::List)
            }
            _ => value.literal().ok_or_else(|| self.unknown(path, span)),
        }
    }

    fn associated(
        &self,
        home: usize,
        index: usize,
        name: &str,
        path: &str,
        span: Span,
        depth: usize,
    ) -> Result<Literal, Box<Diagnostic>> {
        let ty = self.scopes.ty(home, index);
        if let crate::draft::DraftBody::Enum(variants) = &ty.body {
            if let Some(variant) = variants.iter().find(|variant| variant.name == name) {
                return Ok(Literal::String(variant_wire(ty, variant)));
            }
            let close = crate::names::closest(name, variants.iter().map(|variant| variant.name.as_str()));
            let diagnostic = Diagnostic::error(
                "unknown-constant",
                span,
                format!("`{}` has no variant `{name}`", ty.name),
            );
            return Err(Box::new(match close {
                Some(close) => diagnostic.help(format!("did you mean `{}::{close}`?", ty.name)),
                None => diagnostic,
            }));
        }
        let owned = format!("{}::{name}", ty.name);
        match self.scopes.lookup(home, &[&owned], false) {
            Some(Target::Const(home, index)) => {
                let value = self.scopes.constant(home, index).value.as_ref();
                self.constant_item(home, value, path, span, depth + 1)
            }
            _ => Err(self.unknown(path, span)),
        }
    }
}

/// The JSON name of a variant: what its marker says, else what serde's attributes say, else the name as written.
pub(super) fn variant_wire(ty: &DraftType, variant: &DraftVariant) -> String {
    if let Some(name) = assigned(&variant.markers, "name").or_else(|| assigned(&variant.serde, "rename")) {
        return name;
    }
    let case = assigned(&ty.serde, "rename_all").and_then(|style| Case::parse(&style));
    case.map_or_else(|| variant.name.clone(), |case| case.of_variant(&variant.name))
}

/// The string behind `name = ".."` in an attribute.
pub(super) fn assigned(exprs: &[Expr], wanted: &str) -> Option<String> {
    exprs.iter().find_map(|expr| match &expr.kind {
        ExprKind::Assign { name, value } if name.text == wanted => value.literal()?.as_str().map(str::to_owned),
        // `rename(serialize = "a", deserialize = "b")`: what is written counts.
        ExprKind::Call { name, args } if name.text == wanted => assigned(args, "serialize"),
        _ => None,
    })
}

/// Whether a word stands in an attribute, alone or with a value.
pub(super) fn says(exprs: &[Expr], wanted: &str) -> bool {
    exprs
        .iter()
        .any(|expr| expr.name().is_some_and(|name| name.text == wanted))
}
