//! What stands in the attributes of kube, schemars and validators, by the rules of their derives.

use crate::draft::DraftForeign;
use crate::expr::{Expr, ExprKind};
use crate::literal::Literal;

/// Words that schemars reads from `#[schemars(..)]` as serde reads them from its own attribute.
const SERDE_WORDS: [&str; 17] = [
    "rename",
    "rename_all",
    "rename_all_fields",
    "deny_unknown_fields",
    "tag",
    "content",
    "untagged",
    "default",
    "skip",
    "skip_serializing",
    "skip_serializing_if",
    "skip_deserializing",
    "flatten",
    "remote",
    "transparent",
    "from",
    "try_from",
];

/// The items of one attribute.
pub(super) fn items<'a>(foreign: Option<&'a DraftForeign>, attribute: &'a str) -> Vec<&'a Expr> {
    foreign.into_iter().flat_map(|foreign| foreign.of(attribute)).collect()
}

/// Serde's attributes as schemars takes them: what `#[schemars(..)]` says goes first, and `!word` takes a word away.
pub(super) fn effective(serde: &[Expr], foreign: Option<&DraftForeign>) -> Vec<Expr> {
    let own = items(foreign, "schemars");
    let word = |expr: &Expr| expr.name().map(|name| name.text).unwrap_or_default();
    let mut all: Vec<Expr> = own
        .iter()
        .filter(|expr| SERDE_WORDS.contains(&word(expr).as_str()))
        .map(|expr| (*expr).clone())
        .collect();
    let is_overridden = |expr: &&Expr| {
        let word = word(expr);
        let by_skip = matches!(word.as_str(), "skip_serializing" | "skip_deserializing");
        own.iter().any(|own| {
            let own = self::word(own);
            own == word || own == format!("!{word}") || (own == "skip" && by_skip)
        })
    };
    all.extend(serde.iter().filter(|expr| !is_overridden(expr)).cloned());
    all
}

fn word(expr: &Expr) -> String {
    expr.name().map(|name| name.text).unwrap_or_default()
}

/// The items with a name.
pub(super) fn named<'a>(items: &[&'a Expr], wanted: &str) -> Vec<&'a Expr> {
    items.iter().copied().filter(|item| word(item) == wanted).collect()
}

/// The first item with a name.
pub(super) fn find<'a>(items: &[&'a Expr], wanted: &str) -> Option<&'a Expr> {
    items.iter().copied().find(|item| word(item) == wanted)
}

/// The value behind `=`.
pub(super) fn value(item: &Expr) -> Option<&Expr> {
    match &item.kind {
        ExprKind::Assign { value, .. } => Some(value),
        ExprKind::Literal(_) | ExprKind::Path(_) | ExprKind::Call { .. } | ExprKind::List(_) => None,
    }
}

/// What stands in the parentheses behind a name.
pub(super) fn arguments(item: &Expr) -> &[Expr] {
    match &item.kind {
        ExprKind::Call { args, .. } => args,
        ExprKind::Literal(_) | ExprKind::Path(_) | ExprKind::Assign { .. } | ExprKind::List(_) => &[],
    }
}

/// A string, or a path as text: darling takes both for names.
pub(super) fn text(value: &Expr) -> Option<String> {
    match &value.kind {
        ExprKind::Literal(Literal::String(text)) | ExprKind::Path(text) => Some(text.clone()),
        _ => None,
    }
}

/// A switch: `word`, `word = true` or `word = "true"`.
pub(super) fn switch(item: &Expr) -> Option<bool> {
    match value(item).map(|value| &value.kind) {
        None => matches!(item.kind, ExprKind::Path(_)).then_some(true),
        Some(ExprKind::Literal(Literal::Bool(on))) => Some(*on),
        Some(ExprKind::Literal(Literal::String(text))) => text.parse().ok(),
        Some(_) => None,
    }
}

/// Whether a word stands among serde's attributes.
pub(super) fn says(serde: &[Expr], wanted: &str) -> bool {
    serde.iter().any(|expr| word(expr) == wanted)
}

/// The string behind a word of serde, as reading takes it.
pub(super) fn reading(serde: &[Expr], wanted: &str) -> Option<String> {
    serde.iter().filter(|expr| word(expr) == wanted).find_map(|expr| {
        let side = || {
            let sides: Vec<&Expr> = arguments(expr).iter().collect();
            find(&sides, "deserialize").and_then(value)
        };
        text(value(expr).or_else(side)?)
    })
}
