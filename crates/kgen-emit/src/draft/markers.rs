//! What stands in `#[kgen(..)]`, as text.

use std::collections::BTreeMap;

use kgen_model::{Expr, ExprKind, Literal};

use super::WIDTH;

/// The width that rustfmt gives to the arguments of an attribute on one line.
const ARGUMENTS: usize = 70;

/// The attributes that hold these items, each on lines of its own. Short items share one.
pub(super) fn attributes(word: &str, items: &[Expr], indent: usize) -> String {
    let mut text = String::new();
    let mut row: Vec<String> = Vec::new();
    let mut width = 0;
    let close = |row: &mut Vec<String>, text: &mut String| {
        if !row.is_empty() {
            text.push_str(&format!("{:indent$}#[{word}({})]\n", "", row.join(", ")));
            row.clear();
        }
    };
    for item in items {
        let flat = flat(item);
        let length = flat.chars().count();
        let fits = is_short(item) && indent + word.len() + length + 5 <= WIDTH;
        let shares = fits && width + length + 2 <= ARGUMENTS && !stands_alone(item);
        if !row.is_empty() && !shares {
            close(&mut row, &mut text);
        }
        if fits {
            width = if row.is_empty() { length } else { width + length + 2 };
            row.push(flat);
            if stands_alone(item) {
                close(&mut row, &mut text);
            }
        } else {
            text.push_str(&format!("{:indent$}#[{word}({})]\n", "", alone(item, indent)));
        }
    }
    close(&mut row, &mut text);
    text
}

/// Whether clippy takes parts of these items for repetitions.
pub(super) fn has_repetition(items: &[Expr]) -> bool {
    let mut parts = Vec::new();
    items.iter().for_each(|item| parts_of(item, "", &mut parts));
    let count = parts.len();
    parts.sort();
    parts.dedup();
    parts.len() < count
}

fn parts_of(item: &Expr, outer: &str, parts: &mut Vec<String>) {
    match &item.kind {
        ExprKind::Call { name, args } => {
            let inner = format!("{outer}{}::", name.text);
            args.iter().for_each(|arg| parts_of(arg, &inner, parts));
        }
        ExprKind::Assign { .. } | ExprKind::Path(_) => parts.push(format!("{outer}{}", flat(item))),
        ExprKind::Literal(_) | ExprKind::List(_) => {}
    }
}

/// Items with several parts of their own are read better alone.
fn stands_alone(item: &Expr) -> bool {
    match &item.kind {
        ExprKind::Call { args, .. } => args.len() > 1,
        ExprKind::Literal(_) | ExprKind::Path(_) | ExprKind::Assign { .. } | ExprKind::List(_) => false,
    }
}

/// An item that is too long for a line with others.
fn alone(item: &Expr, indent: usize) -> String {
    match &item.kind {
        // Its own parentheses are broken, and those around it stay at it.
        ExprKind::Call { .. } => broken(item, indent),
        ExprKind::Assign { value, .. } if !is_breakable(value) => lines(std::iter::once(flat(item)), indent),
        ExprKind::Assign { .. } | ExprKind::Literal(_) | ExprKind::Path(_) | ExprKind::List(_) => laid(item, indent),
    }
}

fn is_breakable(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Literal(Literal::List(_) | Literal::Object(_)) | ExprKind::List(_) | ExprKind::Call { .. } => true,
        ExprKind::Literal(_) | ExprKind::Path(_) | ExprKind::Assign { .. } => false,
    }
}

/// An item that begins at an indentation: on one line if it fits.
pub(super) fn laid(item: &Expr, indent: usize) -> String {
    let flat = flat(item);
    if is_short(item) && indent + flat.chars().count() < WIDTH {
        flat
    } else {
        broken(item, indent)
    }
}

/// Whether nothing in it has more arguments than rustfmt leaves on one line.
fn is_short(item: &Expr) -> bool {
    match &item.kind {
        ExprKind::Call { name: _, args } => {
            let width: usize = args.iter().map(|arg| flat(arg).chars().count() + 2).sum();
            (args.len() < 2 || width <= ARGUMENTS + 2) && args.iter().all(is_short)
        }
        ExprKind::Assign { name: _, value } => is_short(value),
        ExprKind::Literal(_) | ExprKind::Path(_) | ExprKind::List(_) => true,
    }
}

fn broken(item: &Expr, indent: usize) -> String {
    match &item.kind {
        ExprKind::Call { name, args } => match args.as_slice() {
            [] => flat(item),
            [only] if matches!(only.kind, ExprKind::Call { .. }) => format!("{}({})", name.text, broken(only, indent)),
            args => {
                let text = |arg: &Expr| laid(arg, indent + 4);
                format!("{}({})", name.text, lines(args.iter().map(text), indent))
            }
        },
        ExprKind::List(items) if !items.is_empty() => {
            format!("[{}]", lines(items.iter().map(|item| laid(item, indent + 4)), indent))
        }
        ExprKind::Assign { name, value } => format!("{} = {}", name.text, broken(value, indent)),
        ExprKind::Literal(literal @ (Literal::List(_) | Literal::Object(_))) => {
            format!("json!({})", json_laid(literal, indent))
        }
        ExprKind::Literal(_) | ExprKind::Path(_) | ExprKind::List(_) => flat(item),
    }
}

fn lines(items: impl Iterator<Item = String>, indent: usize) -> String {
    let lines: Vec<String> = items.map(|item| format!("{:1$}{item}", "", indent + 4)).collect();
    format!("\n{}\n{:indent$}", lines.join(",\n"), "")
}

/// An item on one line.
pub(super) fn flat(item: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(flat).collect::<Vec<_>>().join(", ");
    match &item.kind {
        ExprKind::Literal(literal) => value(literal),
        ExprKind::Path(path) => path.clone(),
        ExprKind::Assign { name, value } => format!("{} = {}", name.text, flat(value)),
        ExprKind::Call { name, args } => format!("{}({})", name.text, list(args)),
        ExprKind::List(items) => format!("[{}]", list(items)),
    }
}

fn value(literal: &Literal) -> String {
    match literal {
        Literal::List(_) | Literal::Object(_) => format!("json!({})", json(literal)),
        scalar => json(scalar),
    }
}

/// What may stand in `json!(..)`, on one line.
fn json(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => format!("{value:?}"),
        Literal::String(value) => string(value),
        Literal::List(values) => {
            let values: Vec<String> = values.iter().map(json).collect();
            format!("[{}]", values.join(", "))
        }
        Literal::Object(members) if members.is_empty() => "{}".to_owned(),
        Literal::Object(members) => format!("{{{}}}", members_of(members, json).join(", ")),
    }
}

fn members_of(members: &BTreeMap<String, Literal>, value: impl Fn(&Literal) -> String) -> Vec<String> {
    let member = |(key, member): (&String, &Literal)| format!("{}: {}", string(key), value(member));
    members.iter().map(member).collect()
}

fn json_laid(literal: &Literal, indent: usize) -> String {
    let flat = json(literal);
    if indent + flat.chars().count() < WIDTH {
        return flat;
    }
    let inner = |value: &Literal| json_laid(value, indent + 4);
    match literal {
        Literal::List(values) if !values.is_empty() => format!("[{}]", lines(values.iter().map(inner), indent)),
        Literal::Object(members) if !members.is_empty() => {
            format!("{{{}}}", lines(members_of(members, inner).into_iter(), indent))
        }
        Literal::List(_) | Literal::Object(_) => flat,
        Literal::Null | Literal::Bool(_) | Literal::Int(_) | Literal::Float(_) | Literal::String(_) => flat,
    }
}

/// A string literal: raw where that spares backslashes and shows the same.
pub(super) fn string(text: &str) -> String {
    let plain = format!("{text:?}");
    let is_shown = |character: char| matches!(character, '"' | '\\' | '\'') || character.escape_debug().len() == 1;
    if plain.len() == text.len() + 2 || !text.chars().all(is_shown) {
        // `\'` is legal in a string too, but needs no backslash there.
        return plain;
    }
    let mut hashes = String::from(if text.contains('"') { "#" } else { "" });
    while !hashes.is_empty() && text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}
