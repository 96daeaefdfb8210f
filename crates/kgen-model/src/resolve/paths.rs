//! The paths of columns, selectable fields and the scale subresource: the part of kubectl's JSONPath that leads to
//! values. Where they lead is not decided here.

use crate::model::Resource;
use crate::report::{Diagnostic, Report};

/// The number of steps that the runtime follows at most.
const MAX_STEPS: usize = 32;

/// Reports paths that are none.
pub(super) fn check(resource: &Resource, report: &mut Report) {
    for (nth, column) in resource.columns.iter().enumerate() {
        check_path(resource, "column", nth, &column.path, report);
    }
    for (nth, path) in resource.selectable.iter().enumerate() {
        check_path(resource, "selectable", nth, path, report);
    }
    if let Some(scale) = &resource.subresources.scale {
        let paths = [
            Some(&scale.spec_path),
            Some(&scale.status_path),
            scale.selector_path.as_ref(),
        ];
        for path in paths.into_iter().flatten() {
            check_path(resource, "scale", 0, path, report);
        }
    }
}

fn check_path(resource: &Resource, marker: &str, nth: usize, path: &str, report: &mut Report) {
    let Some(fault) = fault(path) else { return };
    let span = resource.places.nth(marker, nth).unwrap_or(resource.span);
    let message = format!("`{path}` of `{marker}` is no path: {fault}");
    let help = match path.starts_with(['.', '[']) || path.is_empty() {
        true => "write members and elements, such as `.spec.customer`, `.a[0]` or `.a[?(@.b==\"c\")].d`".to_owned(),
        false => format!("write `.{path}`"),
    };
    report.push(Diagnostic::error("bad-path", span, message).help(help));
}

/// Why a path is none; `None` if it is one.
fn fault(path: &str) -> Option<&'static str> {
    let mut rest = path;
    if rest.is_empty() {
        return Some("it has no steps");
    }
    for _ in 0..MAX_STEPS {
        rest = match step(rest) {
            Ok("") => return None,
            Ok(rest) => rest,
            Err(fault) => return Some(fault),
        };
    }
    Some("it has too many steps")
}

/// What is left behind the first step.
fn step(text: &str) -> Result<&str, &'static str> {
    if let Some(rest) = text.strip_prefix(".[").or_else(|| text.strip_prefix('[')) {
        return bracket(rest);
    }
    let name = text.strip_prefix('.').ok_or("a step begins with `.` or `[`")?;
    let name = name.strip_prefix('.').unwrap_or(name);
    let mut escaped = false;
    let end = name.find(|character| {
        let ends = !escaped && matches!(character, '.' | '[');
        escaped = !escaped && character == '\\';
        ends
    });
    let (name, rest) = name.split_at(end.unwrap_or(name.len()));
    if name.is_empty() {
        return Err("a member has no name");
    }
    Ok(rest)
}

fn bracket(text: &str) -> Result<&str, &'static str> {
    if let Some(rest) = text.strip_prefix("?(") {
        let (condition, rest) = rest.split_once(")]").ok_or("a filter ends with `)]`")?;
        return filter(condition).map(|()| rest);
    }
    if let Some(quote) = text.chars().next().filter(|first| matches!(first, '\'' | '"')) {
        let (_, rest) = text[1..].split_once(quote).ok_or("a quote is not closed")?;
        return rest.strip_prefix(']').ok_or("a bracket is not closed");
    }
    let (index, rest) = text.split_once(']').ok_or("a bracket is not closed")?;
    let is_number = |text: &str| text.parse::<i64>().is_ok();
    let is_end = |text: &str| text.is_empty() || is_number(text);
    let is_slice = |(from, to): (&str, &str)| is_end(from.trim()) && is_end(to.trim());
    if index.trim() == "*" || is_number(index.trim()) || index.split_once(':').is_some_and(is_slice) {
        return Ok(rest);
    }
    Err("an index is a number or `*`")
}

fn filter(condition: &str) -> Result<(), &'static str> {
    let compared = ["==", "!=", "<=", ">=", "<", ">"]
        .iter()
        .find_map(|sign| condition.split_once(sign));
    let (left, right) = compared.map_or((condition, None), |(left, right)| (left, Some(right.trim())));
    let mut rest = left.trim().strip_prefix('@').ok_or("a filter begins with `@`")?;
    while !rest.is_empty() {
        let bracket = rest.strip_prefix(".[").or_else(|| rest.strip_prefix('['));
        let is_member = bracket.is_none_or(|inside| inside.starts_with(['\'', '"']));
        if !is_member || rest.starts_with("..") {
            return Err("a filter looks at a member");
        }
        rest = step(rest)?;
    }
    let is_value = |text: &str| {
        let quoted = |quote| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
        quoted('\'') || quoted('"') || text == "true" || text == "false" || text.parse::<f64>().is_ok()
    };
    if right.is_none_or(is_value) {
        return Ok(());
    }
    Err("a filter compares with a string, a number or a bool")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The runtime is held against the same table.
    #[test]
    fn paths_are_those_of_the_table() {
        for line in include_str!("../../../../tests/paths.txt").lines() {
            let Some((sign, path)) = line.split_once(' ').filter(|(sign, _)| *sign != "#") else {
                continue;
            };
            assert_eq!(fault(path).is_none(), sign == "+", "{path}");
        }
    }

    #[test]
    fn what_is_no_path_says_why() {
        for (path, wanted) in [
            ("", "it has no steps"),
            ("a", "a step begins with `.` or `[`"),
            (".a.", "a member has no name"),
            (".a[0", "a bracket is not closed"),
            (".a['b", "a quote is not closed"),
            (".a[b]", "an index is a number or `*`"),
            (".a[?(b)]", "a filter begins with `@`"),
            (".a[?(@.b==c)]", "a filter compares with a string, a number or a bool"),
        ] {
            assert_eq!(fault(path), Some(wanted), "{path}");
        }
    }
}
