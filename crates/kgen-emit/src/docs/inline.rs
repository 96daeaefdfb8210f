//! What stands within a line: links, tags, code and addresses.

/// The text of a line with everything escaped that only looks like a link or a tag. Addresses become links.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '`' => code(rest, &mut out),
            '\\' => backslash(&mut out),
            '<' => angle(rest, &mut out),
            '[' => bracket(rest, &mut out),
            'h' => address(rest, &mut out),
            _ => 0,
        };
        if taken == 0 {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            rest = &rest[taken..];
        }
    }
    out
}

/// A span of code, or backticks that begin none.
fn code(rest: &str, out: &mut String) -> usize {
    let after = rest.trim_start_matches('`');
    let length = rest.len() - after.len();
    let mut at = 0;
    while let Some(found) = after[at..].find('`') {
        let start = at + found;
        let run = after[start..].len() - after[start..].trim_start_matches('`').len();
        if run == length && length < 3 {
            let taken = length + start + run;
            out.push_str(&rest[..taken]);
            return taken;
        }
        at = start + run;
    }
    out.push_str(&"\\`".repeat(length));
    length
}

/// A backslash, which Markdown would take away.
fn backslash(out: &mut String) -> usize {
    out.push_str("\\\\");
    1
}

/// `<https://..>`, or a mere angle bracket.
fn angle(rest: &str, out: &mut String) -> usize {
    let inner = &rest[1..];
    let length = address_length(inner);
    if length > 0 && inner[length..].starts_with('>') {
        out.push_str(&rest[..length + 2]);
        return length + 2;
    }
    out.push_str("\\<");
    1
}

/// `[text](https://..)`, or a mere bracket.
fn bracket(rest: &str, out: &mut String) -> usize {
    if let Some((text, target)) = rest[1..].split_once("](")
        && !text.contains(['[', ']', '`', '<', '\\'])
        && !text.contains("://")
        && !text.trim().is_empty()
    {
        let length = address_length(target);
        if length > 0 && target[length..].starts_with(')') && !target[..length].contains(['(', ')']) {
            let taken = 1 + text.len() + 2 + length + 1;
            out.push_str(&rest[..taken]);
            return taken;
        }
    }
    out.push_str("\\[");
    1
}

fn address(rest: &str, out: &mut String) -> usize {
    let length = address_length(rest);
    if length > 0 {
        out.push('<');
        out.push_str(&rest[..length]);
        out.push('>');
    }
    length
}

/// The length of the address that stands here, without the punctuation behind it; 0 if there is none.
fn address_length(text: &str) -> usize {
    let Some(scheme) = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.starts_with(scheme))
    else {
        return 0;
    };
    let is_end = |character: char| {
        character.is_whitespace() || matches!(character, '<' | '>' | '`' | '"' | '\\' | '[' | ']' | '{' | '}' | '|')
    };
    let end = text.find(is_end).unwrap_or(text.len());
    let mut address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
    while address.ends_with(')') && address.matches(')').count() > address.matches('(').count() {
        address = address[..address.len() - 1].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
    }
    if address.len() > scheme.len() { address.len() } else { 0 }
}
