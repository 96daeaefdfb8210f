//! CEL expressions as far as one can read them without an engine: their tokens, whether they fit together, and the members
//! that they name. A server compiles them in full; this finds the typing errors before it does.

/// A piece of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Name(&'t str),
    Number(&'t str),
    Text(&'t str),
    Sign(&'t str),
}

/// Operators and brackets, longer ones first.
const SIGNS: [&str; 24] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ",", ".", "(", ")", "[", "]",
    "{", "}",
];

/// The tokens of an expression whose form is legal, or what is wrong with it in words.
pub(super) fn read(text: &str) -> Result<Vec<Token<'_>>, String> {
    let tokens = tokens(text)?;
    fit_together(&tokens)?;
    Ok(tokens)
}

fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.find('\n').map_or("", |end| &comment[end..]).trim_start();
            continue;
        }
        let (token, length) = if let Some(length) = string_length(rest)? {
            (Token::Text(&rest[..length]), length)
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            (Token::Name(&rest[..length]), length)
        } else if first.is_ascii_digit() {
            let length = number_length(rest);
            (Token::Number(&rest[..length]), length)
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            (Token::Sign(sign), sign.len())
        } else {
            return Err(match first {
                '=' => "a single `=` compares nothing: write `==`".to_owned(),
                '&' | '|' => format!("a single `{first}` is no operator: write `{first}{first}`"),
                other => format!("`{other}` has no meaning here"),
            });
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

/// The length of a string with its quotes, if one begins here: `'a'`, `"a"`, `'''a'''`, `r'\d'`, `b'a'`.
fn string_length(text: &str) -> Result<Option<usize>, String> {
    let prefix = text.len() - text.trim_start_matches(['r', 'R', 'b', 'B']).len();
    let body = &text[prefix..];
    let Some(quote) = ["'''", "\"\"\"", "'", "\""]
        .into_iter()
        .find(|quote| body.starts_with(quote))
    else {
        return Ok(None);
    };
    if prefix > 2 {
        return Ok(None);
    }
    let is_raw = text[..prefix].contains(['r', 'R']);
    let mut at = prefix + quote.len();
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(quote) {
            return Ok(Some(at + quote.len()));
        }
        let mut characters = rest.chars();
        let first = characters.next();
        at += first.map_or(0, char::len_utf8);
        match first {
            Some('\\') if !is_raw => at += characters.next().map_or(0, char::len_utf8),
            Some('\n') if quote.len() == 1 => break,
            _ => {}
        }
    }
    Err(format!("a string that begins with {quote} is not closed"))
}

fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let after_exponent = at > 0 && matches!(bytes[at - 1], b'e' | b'E') && !text.starts_with("0x");
        let in_number = bytes[at].is_ascii_alphanumeric()
            || (bytes[at] == b'.' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit))
            || (after_exponent && matches!(bytes[at], b'+' | b'-'));
        if !in_number {
            break;
        }
        at += 1;
    }
    at
}

/// Whether operands and operators alternate and brackets match.
fn fit_together(tokens: &[Token<'_>]) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut wants_operand = true;
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| tokens[before]);
        wants_operand = match token {
            Token::Name("in") if !wants_operand => true,
            Token::Name(text) | Token::Number(text) | Token::Text(text) => {
                if !wants_operand {
                    return Err(format!("an operator is missing before `{text}`"));
                }
                false
            }
            Token::Sign(sign) => sign_fits(sign, wants_operand, before, &mut open)?,
        };
    }
    if let Some(bracket) = open.pop() {
        return Err(format!("a `{bracket}` is not closed"));
    }
    if wants_operand {
        Err("it ends where a value is missing".to_owned())
    } else {
        Ok(())
    }
}

/// Whether a value has to follow.
fn sign_fits<'t>(
    sign: &'t str,
    wants_operand: bool,
    before: Option<Token<'_>>,
    open: &mut Vec<&'t str>,
) -> Result<bool, String> {
    match sign {
        "(" | "[" | "{" => {
            open.push(sign);
            Ok(true)
        }
        ")" | "]" | "}" => {
            let opening = open.pop().unwrap_or_default();
            if !matches!((opening, sign), ("(", ")") | ("[", "]") | ("{", "}")) {
                return Err(format!("a `{sign}` closes nothing"));
            }
            // `f()`, `[]`, `{}`, and a comma at the end.
            let may_be_empty =
                before == Some(Token::Sign(opening)) || (before == Some(Token::Sign(",")) && sign != ")");
            if wants_operand && !may_be_empty {
                return Err(format!("a value is missing before `{sign}`"));
            }
            Ok(false)
        }
        "!" | "-" if wants_operand => Ok(true),
        // Optional members, elements and entries: `.?a`, `[?a]`, `{?a: b}`.
        "?" if wants_operand && matches!(before, Some(Token::Sign("." | "[" | "{" | ","))) => Ok(true),
        // `.a` begins with the root scope.
        "." if wants_operand && before != Some(Token::Sign(".")) => Ok(true),
        _ if wants_operand => Err(format!("a value is missing before `{sign}`")),
        "!" => Err("an operator is missing before `!`".to_owned()),
        _ => Ok(true),
    }
}

/// Whether an expression looks at the old value.
pub(super) fn names_old_self(tokens: &[Token<'_>]) -> bool {
    tokens.contains(&Token::Name("oldSelf"))
}

/// A step from a value to a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'t> {
    Member(&'t str),
    Element,
}

/// The ways from a variable to its parts, as far as members and indexes go: `self.a[0].b.size()` gives `a`, an element
/// and `b`.
pub(super) fn ways<'t>(tokens: &[Token<'t>], variable: &str) -> Vec<Vec<Step<'t>>> {
    let begins = |at: &usize| {
        let after_dot = at
            .checked_sub(1)
            .is_some_and(|before| tokens[before] == Token::Sign("."));
        tokens[*at] == Token::Name(variable) && !after_dot
    };
    (0..tokens.len())
        .filter(begins)
        .map(|at| way(&tokens[at + 1..]))
        .collect()
}

fn way<'t>(mut rest: &[Token<'t>]) -> Vec<Step<'t>> {
    let mut steps = Vec::new();
    loop {
        let (step, length) = match rest {
            [Token::Sign("."), Token::Sign("?"), Token::Name(name), ..] => (Step::Member(name), 3),
            [Token::Sign("."), Token::Name(_), Token::Sign("("), ..] => return steps,
            [Token::Sign("."), Token::Name(name), ..] => (Step::Member(name), 2),
            [Token::Sign("["), ..] => (Step::Element, matching_bracket(rest)),
            _ => return steps,
        };
        steps.push(step);
        rest = &rest[length.min(rest.len())..];
    }
}

/// The length of what stands in brackets, with them.
fn matching_bracket(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign("[") => depth += 1,
            Token::Sign("]") => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_expressions() {
        let legal = [
            "self.a == 'its'.size()",
            "has(self.a) ? self.b[0].c : !(self.d in ['x', \"y\",])",
            r"self.matches(r'^\d+$') && self != '\'' // comment",
            "self.all(k, k in {'a': 1, 'b': 2.5e-3, 'c': 0x1Fu})",
            "self.?a.?b.orValue([]).size() > -1",
            "[?optional.of(1), 2].exists(x, x == 1) || {}.size() == 0",
            "'''a\n'b' ''' != \"\"\"c\"\"\"",
            "quantity(self.x).isGreaterThan(quantity('1Gi'))",
            "type(self) == int\n&& true",
        ];
        for text in legal {
            assert!(read(text).is_ok(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let faults = [
            ("self.a = 1", "a single `=` compares nothing: write `==`"),
            ("self.a & self.b", "a single `&` is no operator: write `&&`"),
            ("self.a ==", "it ends where a value is missing"),
            ("", "it ends where a value is missing"),
            ("(self.a", "a `(` is not closed"),
            ("self.a)", "a `)` closes nothing"),
            ("[self.a)", "a `)` closes nothing"),
            ("self.a self.b", "an operator is missing before `self`"),
            ("self.a && || self.b", "a value is missing before `||`"),
            ("self == 'a", "a string that begins with ' is not closed"),
            ("self; 1", "`;` has no meaning here"),
            ("f(a,)", "a value is missing before `)`"),
        ];
        for (text, fault) in faults {
            assert_eq!(read(text), Err(fault.to_owned()), "{text}");
        }
    }

    #[test]
    fn ways_stop_at_methods() {
        let tokens = tokens("self.a[self.n].b.size() + self.?c + x.self.d").unwrap_or_default();
        let (a, b, c, n) = (
            Step::Member("a"),
            Step::Member("b"),
            Step::Member("c"),
            Step::Member("n"),
        );
        assert_eq!(ways(&tokens, "self"), [vec![a, Step::Element, b], vec![n], vec![c]]);
    }
}
