//! Regular expressions as far as one can tell without an engine: what is not closed, and what Go's syntax lacks.

/// What is wrong with a pattern, in words.
pub(super) fn fault(pattern: &str) -> Option<String> {
    let mut rest = pattern.chars().peekable();
    let mut groups = 0_usize;
    let mut in_class = false;
    let mut class_begins = false;
    while let Some(character) = rest.next() {
        let first_in_class = std::mem::take(&mut class_begins);
        match character {
            '\\' => match rest.next() {
                None => return Some("it ends in a backslash".to_owned()),
                Some(digit @ '1'..='9') => return Some(format!("`\\{digit}` is a backreference")),
                Some(letter @ ('Z' | 'G' | 'K' | 'R' | 'X')) => return Some(format!("`\\{letter}` is unknown there")),
                Some(_) => {}
            },
            // In front, and behind `^`, a bracket closes nothing.
            ']' if in_class && !first_in_class => in_class = false,
            '^' if in_class && first_in_class => class_begins = true,
            '[' if in_class => skip_named_class(&mut rest),
            _ if in_class => {}
            '[' => {
                in_class = true;
                class_begins = true;
            }
            '(' => {
                groups += 1;
                let head: String = rest.clone().take(3).collect();
                if ["?=", "?!", "?<=", "?<!", "?>"]
                    .iter()
                    .any(|look| head.starts_with(look))
                {
                    return Some(format!(
                        "`({}` is lookaround",
                        head.trim_end_matches(|c| !"?=!<>".contains(c))
                    ));
                }
            }
            ')' if groups == 0 => return Some("a `)` closes nothing".to_owned()),
            ')' => groups -= 1,
            _ => {}
        }
    }
    match (in_class, groups) {
        (true, _) => Some("a `[` is not closed".to_owned()),
        (false, 0) => None,
        (false, _) => Some("a `(` is not closed".to_owned()),
    }
}

/// `[:alpha:]` within a class.
fn skip_named_class(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    if rest.next_if_eq(&':').is_some() {
        while let Some(character) = rest.next() {
            if character == ':' && rest.next_if_eq(&']').is_some() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn patterns_that_servers_read() {
        let legal = [
            "",
            "^a$",
            r"^\d+\w\pL[[:alpha:]]$",
            "[]a]",
            "[^]a]",
            r"(?P<n>a)|(?:b)",
            r"[(]\)",
            "(?i)a{1,3}",
            r"a\\",
        ];
        for pattern in legal {
            assert_eq!(fault(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn patterns_that_they_do_not() {
        for pattern in ["(", "a)", "[a", r"a\", "^(?=a)", "(?<!a)b", r"(a)\1", r"a\Z", "[]"] {
            assert!(fault(pattern).is_some(), "{pattern}");
        }
    }
}
