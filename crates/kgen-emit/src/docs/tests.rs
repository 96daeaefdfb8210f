use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::*;

/// What rustdoc, with the parser that is used here, would warn of or run.
fn surprises(lines: &[String]) -> Vec<String> {
    let text: Vec<&str> = lines
        .iter()
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let text = text.join("\n");
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut found = Vec::new();
    let (mut is_link, mut is_code) = (false, false);
    let broken = |link: pulldown_cmark::BrokenLink<'_>| Some((link.reference.to_string().into(), "".into()));
    for event in Parser::new_with_broken_link_callback(&text, options, Some(broken)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => found.push("indented code".to_owned()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                is_code = true;
                if blocks_language(&language) {
                    found.push(format!("code in `{language}`"));
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => found.push(format!("a tag: {html}")),
            Event::Start(Tag::Link { dest_url, .. }) => {
                is_link = true;
                if !dest_url.starts_with("http") {
                    found.push(format!("a link to `{dest_url}`"));
                }
            }
            Event::End(TagEnd::Link) => is_link = false,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(text) if text.contains("https://e") && !is_link && !is_code => {
                found.push(format!("a bare address in `{text}`"));
            }
            _ => {}
        }
    }
    found
}

fn blocks_language(language: &str) -> bool {
    language.is_empty() || language.contains("rust") || language.contains("ignore") || language.starts_with('E')
}

fn shown(text: &str) -> Vec<String> {
    let lines = lines(text);
    assert_eq!(surprises(&lines), Vec::<String>::new(), "{text:?} became {lines:#?}");
    lines
}

#[test]
fn each_line_is_a_doc_attribute() {
    let tokens = docs("One.\n\nTwo.\n");
    assert_eq!(
        tokens.to_string(),
        "# [doc = \" One.\"] # [doc = \"\"] # [doc = \" Two.\"]"
    );
    assert!(docs("").is_empty());
    assert!(docs(" \n\r\n").is_empty());
}

#[test]
fn code_is_text_and_is_closed() {
    assert_eq!(
        shown("```\nx\n```\n```go\ny"),
        [" ```text", " x", " ```", " ```go", " y", " ```"]
    );
    assert_eq!(shown("```rust\nx\n```"), [" ```text", " x", " ```"]);
    assert_eq!(shown("~~~\n```\n~~~"), [" ~~~text", " ```", " ~~~"]);
}

#[test]
fn indented_prose_is_no_code() {
    assert_eq!(
        shown("A:\n\n    kubectl get\n\tmore\n\nb"),
        [" A:", "", " kubectl get", " more", "", " b"]
    );
    assert_eq!(
        shown("- a\n    more of a\nand more"),
        [" - a", "   more of a", "   and more"]
    );
}

#[test]
fn entries_of_lists_are_indented_as_their_markers_want() {
    assert_eq!(
        shown("* a\n    * b\n      c\n\n  d\n\ne"),
        [" * a", "   * b", "     c", "", "   d", "", " e"]
    );
    assert_eq!(shown("1.  a\n2.  b"), [" 1. a", " 2. b"]);
    assert_eq!(shown("about\n2. not a list"), [" about", " 2\\. not a list"]);
}

#[test]
fn what_looks_like_markup_is_escaped() {
    assert_eq!(shown("a [b] <c> `<d> [e]` \\[f"), [" a \\[b] \\<c> `<d> [e]` \\\\\\[f"]);
    assert_eq!(shown("a ` b\n> c\n---"), [" a \\` b", " \\> c", " \\---"]);
}

#[test]
fn addresses_are_links() {
    assert_eq!(
        shown("See https://example.com/a_(b). [Docs](https://example.com) <https://example.com>"),
        [" See <https://example.com/a_(b)>. [Docs](https://example.com) <https://example.com>"]
    );
}

#[test]
fn long_lines_are_broken_and_hang_below_their_marker() {
    let text = format!("- {}", "word ".repeat(30));
    let lines = shown(&text);
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with(" - word") && lines[0].len() <= 93);
    assert!(lines[1].starts_with("   word"));
}

#[test]
fn no_break_makes_a_list() {
    let text = format!("{} - 1. # {}", "x".repeat(90), "y".repeat(30));
    assert_eq!(
        shown(&text),
        [format!(" {} - 1. #", "x".repeat(90)), format!(" {}", "y".repeat(30))]
    );
}

#[test]
fn what_hides_or_turns_text_is_left_out() {
    assert_eq!(shown("a\u{202e}b\r\nc\u{0}"), [" ab", " c"]);
}

#[test]
fn spaces_of_all_sorts_are_spaces() {
    assert_eq!(shown("a\n\n```\n\u{a0}b\n```"), shown("a\n\n```\n b\n```"));
}

/// Pieces of which descriptions are made that break tools.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "word",
        " ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "10. ",
        "01. ",
        "```",
        "~~~",
        "```rust",
        "`",
        "``",
        "[",
        "]",
        "](",
        "(",
        ")",
        "<",
        ">",
        "</a>",
        "<!-- ",
        "https://example.com/a",
        "http://",
        "\\",
        "#",
        "# ",
        "---",
        "===",
        "> ",
        "|",
        "|-|",
        "[a]: b",
        "[^1]",
        "*/",
        "\r",
        "_",
        "**",
        "&lt;",
        "!",
        "a-very-long-word-that-has-to-go-somewhere ",
        ":",
        "é",
        "\u{a0}",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_surprises_rustdoc(text in soup()) {
        let lines = lines(&text);
        let found = surprises(&lines);
        prop_assert!(found.is_empty(), "{:?} became {:#?}: {:?}", text, lines, found);
        let unbroken = unbroken_lines(&text);
        prop_assert!(surprises(&unbroken).is_empty(), "{:?} became {:#?}", text, unbroken);
    }
}
