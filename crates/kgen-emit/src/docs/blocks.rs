//! Paragraphs, lists and code, line by line: each line gets the indentation that its container wants.

use super::inline::inline;
use super::is_hidden;

/// Lines longer than [`LONG`] are broken at [`WIDTH`], so that what its author broke well stays as it is.
const LONG: usize = 110;
const WIDTH: usize = 92;

/// What becomes of long lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// They are broken.
    Broken,
    /// They stay.
    Kept,
}

/// The contents of doc attributes.
pub(super) fn lines(text: &str, width: Width) -> Vec<String> {
    let mut blocks = Blocks {
        width,
        lines: Vec::new(),
        items: Vec::new(),
        after_blank: true,
        code: None,
    };
    for line in text.split('\n') {
        let line: String = line.replace('\t', "    ");
        let shown = line.chars().filter(|character| !is_hidden(*character));
        let line: String = shown.map(|it| if it.is_whitespace() { ' ' } else { it }).collect();
        blocks.line(line.trim_end());
    }
    blocks.end()
}

struct Blocks {
    width: Width,
    lines: Vec<String>,
    /// The entries of lists that are open here, outer ones first.
    items: Vec<Item>,
    /// Whether a paragraph would begin here.
    after_blank: bool,
    code: Option<Fence>,
}

/// An open entry of a list.
struct Item {
    marker: Marker,
    /// By how much its text is indented in the input.
    content: usize,
    /// By how much it is indented in the output.
    indent: usize,
}

/// What begins an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Bullet,
    /// What stands behind the number.
    Number(char),
}

/// An open fence.
struct Fence {
    mark: char,
    length: usize,
    /// Its indentation in the input.
    source: usize,
    /// Its indentation in the output.
    indent: usize,
}

impl Blocks {
    fn line(&mut self, line: &str) {
        let rest = line.trim_start_matches(' ');
        let indent = line.len() - rest.len();
        if let Some(fence) = &self.code {
            return self.code_line(line, rest, fence.source, fence.indent);
        }
        if rest.is_empty() {
            self.push(0, "");
            self.after_blank = true;
        } else if let Some((mark, length, language)) = opening(rest) {
            self.close(indent);
            let at = self.indent();
            self.push(at, &format!("{}{}", mark.to_string().repeat(length), safe(language)));
            self.code = Some(Fence {
                mark,
                length,
                source: indent,
                indent: at,
            });
        } else if let Some((marker, head, content)) = self.item(rest, indent) {
            self.entry(indent, marker, &head, content);
            self.after_blank = false;
        } else {
            if self.after_blank {
                self.close(indent);
            }
            self.text("", &escaped(rest));
            self.after_blank = false;
        }
    }

    fn code_line(&mut self, line: &str, rest: &str, source: usize, indent: usize) {
        let ends = self.code.as_ref().is_some_and(|fence| {
            rest.chars().count() >= fence.length && rest.chars().all(|character| character == fence.mark)
        });
        let cut = source.min(line.len() - rest.len());
        let line = if ends { rest } else { &line[cut..] };
        self.push(indent, line);
        if ends {
            self.code = None;
            self.after_blank = true;
        }
    }

    /// The marker of an entry, its text, and what follows. Nothing if Markdown would see no list here.
    fn item<'l>(&self, rest: &'l str, indent: usize) -> Option<(Marker, String, &'l str)> {
        let (marker, head, content) = marker(rest)?;
        let sibling = self.items.iter().find(|item| indent < item.content);
        let continues = sibling.is_some_and(|item| item.marker == marker);
        let may_begin = match marker {
            Marker::Bullet => true,
            Marker::Number(_) => self.after_blank || continues || matches!(head, "1." | "1)"),
        };
        may_begin.then(|| (marker, head.to_owned(), content))
    }

    fn entry(&mut self, indent: usize, marker: Marker, head: &str, content: &str) {
        self.close(indent);
        let at = self.indent();
        self.items.push(Item {
            marker,
            content: indent + head.len() + 1,
            indent: at + head.len() + 1,
        });
        // No headings in lists.
        let escape = if content.starts_with('#') { "\\" } else { "" };
        let line = format!("{head} {escape}{}", escaped(content));
        self.text_at(at, at + head.len() + 1, &line);
    }

    /// Closes the entries that a line with this indentation is no part of.
    fn close(&mut self, indent: usize) {
        while self.items.last().is_some_and(|item| indent < item.content) {
            self.items.pop();
        }
    }

    fn indent(&self) -> usize {
        self.items.last().map_or(0, |item| item.indent)
    }

    fn text(&mut self, head: &str, text: &str) {
        let indent = self.indent();
        self.text_at(indent, indent, &format!("{head}{text}"));
    }

    fn text_at(&mut self, first: usize, further: usize, line: &str) {
        // What is broken off a heading would be no part of it.
        if self.width == Width::Kept || line.starts_with('#') || first + line.chars().count() <= LONG {
            return self.push(first, line);
        }
        let mut indent = first;
        let mut piece = String::new();
        for word in line.split_whitespace() {
            let fits = indent + piece.chars().count() + word.chars().count() < WIDTH;
            if !piece.is_empty() && !fits && !begins_block(word) && indent + piece.len() > further {
                self.push(indent, &piece);
                piece.clear();
                indent = further;
            }
            if !piece.is_empty() {
                piece.push(' ');
            }
            piece.push_str(word);
        }
        self.push(indent, &piece);
    }

    fn push(&mut self, indent: usize, line: &str) {
        self.lines.push(if line.is_empty() {
            String::new()
        } else {
            format!(" {:indent$}{line}", "")
        });
    }

    /// Closes what is open, and takes empty lines from both ends.
    fn end(mut self) -> Vec<String> {
        if let Some(fence) = self.code.take() {
            self.push(fence.indent, &fence.mark.to_string().repeat(fence.length));
        }
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        let first = self.lines.iter().take_while(|line| line.is_empty()).count();
        self.lines.split_off(first)
    }
}

/// The mark, length and language of a fence that begins here.
fn opening(line: &str) -> Option<(char, usize, &str)> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    let is_fence = length >= 3 && !rest.contains('`');
    is_fence.then(|| (mark, length, rest.trim()))
}

/// A language that rustdoc does not take for Rust.
fn safe(language: &str) -> &str {
    let is_known = matches!(
        language,
        "bash" | "cel" | "console" | "diff" | "go" | "ini" | "json" | "sh" | "shell" | "text" | "toml" | "xml" | "yaml"
    );
    if is_known { language } else { "text" }
}

/// The marker of an entry and what follows it.
fn marker(line: &str) -> Option<(Marker, &str, &str)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = line[digits..].chars().next()?;
    let marker = match mark {
        '-' | '*' | '+' if digits == 0 => Marker::Bullet,
        '.' | ')' if (1..=9).contains(&digits) => Marker::Number(mark),
        _ => return None,
    };
    let (head, rest) = line.split_at(digits + 1);
    let content = rest.strip_prefix(' ')?.trim_start();
    // `- - -` and `* * *` are lines across the page.
    let is_rule = digits == 0 && content.chars().all(|character| character == mark || character == ' ');
    // `1` alone may begin a list in the middle of a paragraph.
    let head = if digits > 1 && head[..digits].parse() == Ok(1_u32) {
        return None;
    } else {
        head
    };
    (!content.is_empty() && !is_rule).then_some((marker, head, content))
}

/// Text at the beginning of a line or of an entry, which begins nothing else.
fn escaped(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let begins = text.chars().next();
    let is_number = (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')']);
    let is_line = |mark: char| text.chars().all(|character| character == mark || character == ' ');
    if is_number && (text.len() == digits + 1 || text[digits + 1..].starts_with(' ')) {
        format!("{}\\{}", &text[..digits], inline(&text[digits..]))
    } else if begins.is_some_and(|mark| matches!(mark, '-' | '*' | '+' | '_' | '=') && is_line(mark))
        || marker(text).is_some()
        || text.starts_with(['>', '|', ':'])
        || text.starts_with("~~~")
    {
        format!("\\{}", inline(text))
    } else {
        inline(text)
    }
}

/// Whether Markdown would begin a list, a heading or a quotation with a line that begins with this word.
fn begins_block(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']);
    word.starts_with(['#', '>', '|', '=', '~', ':'])
        || matches!(word, "-" | "*" | "+")
        || (word.starts_with('<') && !word.starts_with("<http"))
        || word.starts_with("```")
        || word.starts_with("[^")
        || word.chars().all(|character| matches!(character, '-' | '*' | '_'))
        || number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}
