//! What `validation = ..` and `merge_strategy = ..` say, in the notation of kube's builders.

use crate::expr::{Expr, ExprKind};
use crate::facts::{CelRule, ListType, MapType};
use crate::literal::Literal;
use crate::schemars::Merge;

/// The rule of `validation = ..`. `constant` looks up strings. `None` if the expression is none of kube's.
pub(super) fn rule(expr: &Expr, constant: &dyn Fn(&Expr) -> Option<String>) -> Option<CelRule> {
    let of = |rule: String| CelRule {
        rule,
        ..CelRule::default()
    };
    match &expr.kind {
        ExprKind::List(pair) => {
            let [text, message] = pair.as_slice() else { return None };
            Some(CelRule {
                message: Some(constant(message)?),
                ..of(constant(text)?)
            })
        }
        ExprKind::Call { name, args } => {
            let last = name.text.rsplit("::").next().unwrap_or_default();
            match (last, args.as_slice()) {
                ("new" | "from", [text]) => rule(text, constant),
                (".into" | ".clone", [inner]) => rule(inner, constant),
                (method, [receiver, argument]) => with(rule(receiver, constant)?, method, argument, constant),
                ("Rule", members) => of_members(members, constant),
                _ => None,
            }
        }
        ExprKind::Literal(_) | ExprKind::Path(_) => constant(expr).map(of),
        ExprKind::Assign { .. } => None,
    }
}

/// A rule with what one method of the builder adds.
fn with(
    mut rule: CelRule,
    method: &str,
    argument: &Expr,
    constant: &dyn Fn(&Expr) -> Option<String>,
) -> Option<CelRule> {
    match method {
        ".message" => message(&mut rule, argument, constant)?,
        ".reason" => rule.reason = Some(last_segment(argument)?),
        ".field_path" => rule.field_path = Some(constant(argument)?),
        ".optional_old_self" => match argument.kind {
            ExprKind::Literal(Literal::Bool(optional)) => rule.optional_old_self = Some(optional),
            _ => return None,
        },
        _ => return None,
    }
    Some(rule)
}

fn message(rule: &mut CelRule, argument: &Expr, constant: &dyn Fn(&Expr) -> Option<String>) -> Option<()> {
    match &argument.kind {
        ExprKind::Call { name, args } if name.text.ends_with("Expression") => {
            rule.message_expression = Some(constant(args.first()?)?);
        }
        ExprKind::Call { name, args } if name.text.ends_with("Message") => {
            rule.message = Some(constant(args.first()?)?);
        }
        _ => rule.message = Some(constant(argument)?),
    }
    Some(())
}

/// `Rule { rule: .., ..Default::default() }`
fn of_members(members: &[Expr], constant: &dyn Fn(&Expr) -> Option<String>) -> Option<CelRule> {
    let mut rule = CelRule::default();
    for member in members {
        let ExprKind::Assign { name, value } = &member.kind else {
            return None;
        };
        let inner = match &value.kind {
            ExprKind::Call { name, args } if name.text == "Some" => args.first()?,
            _ => value,
        };
        match name.text.as_str() {
            "rule" => rule.rule = constant(inner)?,
            "message" => message(&mut rule, inner, constant)?,
            "reason" => rule.reason = Some(last_segment(inner)?),
            "field_path" => rule.field_path = Some(constant(inner)?),
            "optional_old_self" => rule.optional_old_self = Some(inner.literal()? == Literal::Bool(true)),
            ".." => {}
            _ => return None,
        }
    }
    Some(rule)
}

fn last_segment(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Path(path) => path.rsplit("::").next().map(str::to_owned),
        _ => None,
    }
}

/// The strategy of `merge_strategy = ..`.
pub(super) fn merge(expr: &Expr, constant: &dyn Fn(&Expr) -> Option<String>) -> Option<Merge> {
    let (path, keys) = match &expr.kind {
        ExprKind::Path(path) => (path.as_str(), None),
        ExprKind::Call { name, args } if name.text == ".into" => return merge(args.first()?, constant),
        ExprKind::Call { name, args } => (name.text.as_str(), args.first()),
        _ => return None,
    };
    let mut segments = path.rsplit("::");
    let (word, ty) = (segments.next()?, segments.next()?);
    let map = match word {
        "Atomic" => Some(MapType::Atomic),
        "Granular" => Some(MapType::Granular),
        _ => None,
    };
    match (ty, word) {
        ("ListMerge", "Atomic") => Some(Merge::List(ListType::Atomic)),
        ("ListMerge", "Set") => Some(Merge::List(ListType::Set)),
        ("ListMerge", "Map") => match &keys?.kind {
            ExprKind::List(keys) => {
                let keys: Option<Vec<String>> = keys.iter().map(|key| constant(inner(key))).collect();
                Some(Merge::List(ListType::Map(keys?)))
            }
            _ => None,
        },
        ("MapMerge", _) => map.map(Merge::Map),
        ("StructMerge", _) => map.map(Merge::Struct),
        // `MergeStrategy::ListType(ListMerge::Set)`
        ("MergeStrategy", _) => merge(keys?, constant),
        _ => None,
    }
}

/// A string without `.into()` and the like around it.
fn inner(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Call { name, args } => match (name.text.as_str(), args.as_slice()) {
            (".into" | ".to_string" | ".to_owned" | "String::from", [inner]) => self::inner(inner),
            _ => expr,
        },
        _ => expr,
    }
}
