//! Unified diffs, as `--check` prints them.

use std::fmt::Write;

/// Unchanged lines around a change.
const CONTEXT: usize = 3;
/// Changes beyond this are shown as one replacement: the search for the shortest diff grows with their square.
const MAX_CHANGES: usize = 1_000;

/// What turns `old` into `new`, with `path` in its head. Empty when the two are alike. `None` is a file that does not
/// exist.
#[must_use]
pub fn unified(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let (old_lines, new_lines) = (lines(old), lines(new));
    let edits = edits(&old_lines, &new_lines);
    let mut text = String::new();
    let mut from = 0;
    while let Some(hunk) = next_hunk(&edits, from) {
        if text.is_empty() {
            let name = |prefix, side: Option<&str>| side.map_or("/dev/null".to_owned(), |_| format!("{prefix}/{path}"));
            let _ = writeln!(text, "--- {}\n+++ {}", name("a", old), name("b", new));
        }
        write_hunk(&mut text, &edits[hunk.clone()], &edits[..hunk.start]);
        from = hunk.end;
    }
    text
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edit<'a> {
    Keep(&'a str),
    Remove(&'a str),
    Add(&'a str),
}

fn lines(text: Option<&str>) -> Vec<&str> {
    text.unwrap_or("").split_inclusive('\n').collect()
}

fn edits<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Edit<'a>> {
    let same_start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[same_start..], &new[same_start..]);
    let same_end = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (old_middle, new_middle) = (
        &old_rest[..old_rest.len() - same_end],
        &new_rest[..new_rest.len() - same_end],
    );
    let mut edits: Vec<Edit> = old[..same_start].iter().map(|line| Edit::Keep(line)).collect();
    match shortest(old_middle, new_middle) {
        Some(middle) => edits.extend(middle),
        None => {
            edits.extend(old_middle.iter().map(|line| Edit::Remove(line)));
            edits.extend(new_middle.iter().map(|line| Edit::Add(line)));
        }
    }
    edits.extend(
        old_rest[old_rest.len() - same_end..]
            .iter()
            .map(|line| Edit::Keep(line)),
    );
    edits
}

/// The shortest edit script after Myers: `reach[k]` is how far the old lines were read on the diagonal `k` (old minus
/// new lines read, moved up to be an index) with a number of changes, and the steps are found again backwards.
fn shortest<'a>(old: &[&'a str], new: &[&'a str]) -> Option<Vec<Edit<'a>>> {
    let most = (old.len() + new.len()).min(MAX_CHANGES);
    let mut reach = vec![0_usize; 2 * most + 3];
    let mut rounds = Vec::new();
    for changes in 0..=most {
        rounds.push(reach.clone());
        for diagonal in (most + 1 - changes..=most + 1 + changes).step_by(2) {
            let mut x = step(&reach, diagonal, most + 1, changes).1;
            let mut y = x + most + 1 - diagonal;
            while x < old.len() && y < new.len() && old[x] == new[y] {
                (x, y) = (x + 1, y + 1);
            }
            reach[diagonal] = x;
            if x >= old.len() && y >= new.len() {
                return Some(backtrack(old, new, &rounds, most + 1));
            }
        }
    }
    None
}

/// The diagonal from which `diagonal` is best reached with one more change, and where on it that lands.
fn step(reach: &[usize], diagonal: usize, zero: usize, changes: usize) -> (usize, usize) {
    let is_lowest = diagonal + changes == zero;
    let is_highest = diagonal == zero + changes;
    if changes == 0 {
        (diagonal, 0)
    } else if is_lowest || (!is_highest && reach[diagonal - 1] < reach[diagonal + 1]) {
        (diagonal + 1, reach[diagonal + 1])
    } else {
        (diagonal - 1, reach[diagonal - 1] + 1)
    }
}

fn backtrack<'a>(old: &[&'a str], new: &[&'a str], rounds: &[Vec<usize>], zero: usize) -> Vec<Edit<'a>> {
    let (mut x, mut y) = (old.len(), new.len());
    let mut edits = Vec::new();
    for (changes, reach) in rounds.iter().enumerate().rev() {
        let diagonal = x + zero - y;
        let (from, start) = step(reach, diagonal, zero, changes);
        while x > start {
            (x, y) = (x - 1, y - 1);
            edits.push(Edit::Keep(old[x]));
        }
        if from > diagonal {
            y -= 1;
            edits.push(Edit::Add(new[y]));
        } else if from < diagonal {
            x -= 1;
            edits.push(Edit::Remove(old[x]));
        }
    }
    edits.reverse();
    edits
}

/// The next run of changes behind `from` with its context, as a range of edits.
fn next_hunk(edits: &[Edit], from: usize) -> Option<std::ops::Range<usize>> {
    let is_change = |edit: &Edit| !matches!(edit, Edit::Keep(_));
    let first = from + edits[from..].iter().position(is_change)?;
    let mut end = first;
    while let Some(next) = edits[end..].iter().position(is_change)
        && next <= 2 * CONTEXT
    {
        end += next + 1;
    }
    Some(first.saturating_sub(CONTEXT).max(from)..(end + CONTEXT).min(edits.len()))
}

fn write_hunk(text: &mut String, hunk: &[Edit], before: &[Edit]) {
    let old = |edits: &[Edit]| edits.iter().filter(|edit| !matches!(edit, Edit::Add(_))).count();
    let new = |edits: &[Edit]| edits.iter().filter(|edit| !matches!(edit, Edit::Remove(_))).count();
    let range = |start: usize, count: usize| format!("{},{count}", start + usize::from(count > 0));
    let _ = writeln!(
        text,
        "@@ -{} +{} @@",
        range(old(before), old(hunk)),
        range(new(before), new(hunk))
    );
    for edit in hunk {
        let (mark, line) = match edit {
            Edit::Keep(line) => (' ', line),
            Edit::Remove(line) => ('-', line),
            Edit::Add(line) => ('+', line),
        };
        let end = if line.ends_with('\n') {
            ""
        } else {
            "\n\\ No newline at end of file\n"
        };
        let _ = write!(text, "{mark}{line}{end}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(range: std::ops::Range<u32>) -> String {
        range.map(|number| format!("{number}\n")).collect()
    }

    #[test]
    fn like_texts_have_no_diff() {
        assert_eq!(unified("f", Some("a\n"), Some("a\n")), "");
        assert_eq!(unified("f", Some(""), Some("")), "");
    }

    #[test]
    fn a_change_stands_between_its_neighbours() {
        let old = numbers(0..10);
        let new = old.replace("5\n", "five\n");
        let wanted = "--- a/f\n+++ b/f\n@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n";
        assert_eq!(unified("f", Some(&old), Some(&new)), wanted);
    }

    #[test]
    fn far_changes_are_hunks_of_their_own() {
        let old = numbers(0..30);
        let new = old.replace("5\n6\n", "6\n").replace("27\n", "");
        let diff = unified("f", Some(&old), Some(&new));
        assert_eq!(diff.matches("@@ -").count(), 2, "{diff}");
    }

    #[test]
    fn missing_and_stale_files() {
        assert_eq!(
            unified("f", None, Some("a\nb\n")),
            "--- /dev/null\n+++ b/f\n@@ -0,0 +1,2 @@\n+a\n+b\n"
        );
        assert_eq!(
            unified("f", Some("a"), None),
            "--- a/f\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn edits_lead_from_old_to_new() {
        let texts = [
            "",
            "a\n",
            "a\nb\nc\na\nb\nb\na\n",
            "c\nb\na\nb\na\nc\n",
            "x\ny\n",
            "a\nb\nc\nd\ne\nf",
        ];
        for (old, new) in texts.iter().flat_map(|old| texts.iter().map(move |new| (*old, *new))) {
            let edits = edits(&lines(Some(old)), &lines(Some(new)));
            let side = |wanted: fn(&Edit) -> bool| -> String {
                let line = |edit: &Edit| match *edit {
                    Edit::Keep(line) | Edit::Remove(line) | Edit::Add(line) => line.to_owned(),
                };
                edits.iter().filter(|edit| wanted(edit)).map(line).collect()
            };
            assert_eq!(side(|edit| !matches!(edit, Edit::Add(_))), old);
            assert_eq!(side(|edit| !matches!(edit, Edit::Remove(_))), new);
        }
    }

    #[test]
    fn the_script_is_the_shortest() {
        let (old, new) = (lines(Some("a\nb\nc\na\nb\nb\na\n")), lines(Some("c\nb\na\nb\na\nc\n")));
        let changes = edits(&old, &new)
            .iter()
            .filter(|edit| !matches!(edit, Edit::Keep(_)))
            .count();
        assert_eq!(changes, 5);
    }

    #[test]
    fn very_different_texts_are_replaced() {
        let (old, new) = (numbers(0..5_000), numbers(10_000..15_000));
        assert_eq!(unified("f", Some(&old), Some(&new)).lines().count(), 10_003);
    }
}
