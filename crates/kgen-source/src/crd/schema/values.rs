//! The values of keywords: what belongs there is read, and all else refused.

use kgen_model::{Expr, Literal, Report, Span};

use super::unknown;
use crate::crd::at::At;
use crate::crd::mark;
use crate::crd::yaml::Kind;

pub(super) fn number(at: &At<'_, '_>, name: &str, report: &mut Report) -> Option<Expr> {
    match at.node.kind {
        Kind::Int(_) | Kind::Float(_) => Some(mark::assign(name, at.node.literal(), at.span)),
        _ => {
            wrong(at, "a number", report);
            None
        }
    }
}

pub(super) fn count(at: &At<'_, '_>, name: &str, report: &mut Report) -> Option<Expr> {
    match at.node.kind {
        Kind::Int(value) if u64::try_from(value).is_ok() => Some(mark::assign(name, Literal::Int(value), at.span)),
        _ => {
            wrong(at, "a whole number from 0", report);
            None
        }
    }
}

pub(super) fn map_type(at: &At<'_, '_>, report: &mut Report) -> Option<Expr> {
    match text(at, report)? {
        word @ ("atomic" | "granular") => Some(mark::assign_word("map", word, at.span)),
        other => {
            let message = format!("there is no map type `{other}`");
            report.push(at.error("bad-schema", message).help("write `atomic` or `granular`"));
            None
        }
    }
}

pub(super) fn external_docs(at: &At<'_, '_>, report: &mut Report) -> Option<Expr> {
    let Some(entries) = at.node.entries() else {
        wrong(at, "an object", report);
        return None;
    };
    let mut args = Vec::new();
    for entry in entries {
        let inner = at.member(entry);
        match entry.key.as_ref() {
            name @ ("url" | "description") => {
                args.extend(text(&inner, report).map(|text| mark::assign(name, text, inner.span)));
            }
            other => unknown(&inner, other, report),
        }
    }
    if !mark::says(&args, "url") {
        args.push(mark::assign("url", "", at.span));
    }
    Some(mark::call("external_docs", args, at.span))
}

/// The text that stands here.
pub(in crate::crd) fn text<'n>(at: &At<'n, '_>, report: &mut Report) -> Option<&'n str> {
    let text = at.node.text();
    if text.is_none() {
        wrong(at, "a string", report);
    }
    text
}

/// The texts that stand here, with their places.
pub(in crate::crd) fn texts<'n>(at: &At<'n, '_>, report: &mut Report) -> Option<Vec<(&'n str, Span)>> {
    let Some(elements) = at.elements() else {
        wrong(at, "a list of strings", report);
        return None;
    };
    let mut texts = Vec::new();
    for element in elements {
        texts.extend(text(&element, report).map(|text| (text, element.span)));
    }
    Some(texts)
}

/// Where `true` stands; `false` says nothing.
pub(in crate::crd) fn switch(at: &At<'_, '_>, report: &mut Report) -> Option<Span> {
    match at.node.kind {
        Kind::Bool(is_on) => is_on.then_some(at.span),
        _ => {
            wrong(at, "`true` or `false`", report);
            None
        }
    }
}

/// Refuses a value that is not what belongs here.
pub(in crate::crd) fn wrong(at: &At<'_, '_>, wanted: &str, report: &mut Report) {
    let message = format!("{wanted} belongs here, and this is {}", at.node.noun());
    report.push(at.error("bad-schema", message).help(format!("write {wanted}")));
}
