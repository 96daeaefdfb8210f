//! Doc comments to plain text: without what only marks them as comments.

/// Joins the values of `#[doc = ".."]` in their order: one for each line of `///`, one for each `/** */`.
pub(crate) fn join(values: &[String]) -> String {
    let mut text = String::with_capacity(values.iter().map(|value| value.len() + 1).sum());
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if value.contains('\n') {
            text.push_str(&block(value));
        } else {
            text.push_str(without_space(value));
        }
    }
    let blank = text.lines().take_while(|line| line.trim().is_empty());
    let first: usize = blank.map(|line| line.len() + 1).sum();
    text.truncate(text.trim_end().len());
    text.drain(..first.min(text.len()));
    text
}

/// The values as they stand, without the space that each begins with.
pub(crate) fn verbatim(values: &[String]) -> String {
    let lines: Vec<&str> = values.iter().map(|value| without_space(value)).collect();
    lines.join("\n")
}

/// Joins what stands on `mod x;` with what stands inside of the file.
pub(crate) fn join_two(outer: String, inner: String) -> String {
    match (outer.is_empty(), inner.is_empty()) {
        (true, _) => inner,
        (_, true) => outer,
        (false, false) => format!("{outer}\n{inner}"),
    }
}

fn block(value: &str) -> String {
    let value = value.replace("\r\n", "\n");
    let (first, rest) = value.split_once('\n').unwrap_or((&value, ""));
    let rest: Vec<&str> = rest.split('\n').collect();
    let first = first.strip_prefix('*').unwrap_or(first);
    let rest = without_stars(&rest).unwrap_or_else(|| without_indentation(&rest));
    [without_space(first)]
        .into_iter()
        .chain(rest)
        .collect::<Vec<_>>()
        .join("\n")
}

fn without_space(line: &str) -> &str {
    line.strip_prefix(' ').unwrap_or(line)
}

/// Lines of a block comment that all begin with a star; the last may hold nothing but the space before the end.
fn without_stars<'a>(lines: &[&'a str]) -> Option<Vec<&'a str>> {
    let starred = lines.split_last().map_or(lines, |(last, before)| match last.trim() {
        "" => before,
        _ => lines,
    });
    if starred.is_empty() {
        return None;
    }
    starred
        .iter()
        .map(|line| line.trim_start().strip_prefix('*').map(without_space))
        .collect()
}

/// Lines without the indentation that all of them share.
fn without_indentation<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let indentation = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let written = lines.iter().filter(|line| !line.trim().is_empty());
    let shared = written.map(indentation).min().unwrap_or(0);
    lines
        .iter()
        .map(|line| line.get(shared..).unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(values: &[&str]) -> String {
        join(&values.iter().map(|&value| value.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn lines_lose_one_space_and_keep_the_rest() {
        assert_eq!(joined(&[" a", "", "   - b", "c"]), "a\n\n  - b\nc");
    }

    #[test]
    fn blank_lines_around_are_lost() {
        assert_eq!(joined(&["", " ", "  a", " ", ""]), " a");
        assert_eq!(joined(&[]), "");
        assert_eq!(joined(&["", ""]), "");
    }

    #[test]
    fn blocks_lose_their_stars() {
        assert_eq!(joined(&["\n * a\n *\n *   b\n "]), "a\n\n  b");
        assert_eq!(joined(&[" a\r\n     * b\r\n     "]), "a\nb");
    }

    #[test]
    fn blocks_without_stars_lose_their_indentation() {
        assert_eq!(joined(&["\n    a\n\n      b\n    "]), "a\n\n  b");
        assert_eq!(joined(&[" a "]), "a");
    }

    #[test]
    fn a_list_in_a_block_keeps_its_stars() {
        assert_eq!(joined(&["\n  a\n  * b\n"]), "a\n* b");
    }
}
