//! The outline of a file: its tokens without the bodies of functions, which hold nothing that an API says unless they
//! are no more than a value, and only if
//! they nest no deeper than the parser's stack is known to bear. So code that is being worked on, and syntax that the
//! parser does not know yet, is in nobody's way.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

/// The most delimiters that may lie inside of one another.
const DEPTH: usize = 256;

/// The most tokens that may follow one another without a separator: operators and types nest in such runs. An
/// unoptimised parser takes up to 64 KiB of stack for each.
const RUN: usize = 2048;

/// The most tokens of a body that is read as a value, beside those in its brackets.
const LONGEST_VALUE: usize = 64;

/// The most tokens between two brackets of such a body.
const LONGEST_LIST: usize = 1024;

/// The most brackets that may lie inside of one another there.
const DEEPEST_VALUE: usize = 16;

/// Removes the bodies of functions. The error is where the tokens nest too deeply.
pub(crate) fn outline(tokens: TokenStream) -> Result<TokenStream, Span> {
    Outline {
        depth: 0,
        in_macro: false,
    }
    .level(tokens)
}

#[derive(Clone, Copy)]
struct Outline {
    depth: usize,
    /// Nobody parses what stands in macros by recursion on runs.
    in_macro: bool,
}

impl Outline {
    fn level(self, tokens: TokenStream) -> Result<TokenStream, Span> {
        let tokens = tokens.into_iter();
        let mut kept = Vec::with_capacity(tokens.size_hint().0);
        let mut run = 0_usize;
        // Whether `fn name` was passed, and its body not yet.
        let mut in_signature = false;
        for token in tokens {
            run += 1;
            match &token {
                TokenTree::Punct(punct) if matches!(punct.as_char(), ';' | ',') => {
                    run = 0;
                    in_signature = in_signature && punct.as_char() == ',';
                }
                TokenTree::Ident(word) => {
                    let last = kept.last();
                    in_signature |= is_word(last, "fn");
                    if ends_item(last) && word != "else" && word != "as" {
                        run = 0;
                    }
                }
                TokenTree::Punct(punct) if punct.as_char() == '#' && ends_item(kept.last()) => run = 0,
                // Attributes nest nothing, and documentation consists of many.
                TokenTree::Group(_) => run -= attribute(&kept).min(run),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            if run > RUN && !self.in_macro {
                return Err(token.span());
            }
            let token = match token {
                TokenTree::Group(group) if attribute(&kept) > 0 && is_short(&group) => TokenTree::Group(group),
                TokenTree::Group(group) => {
                    let is_body = in_signature && group.delimiter() == Delimiter::Brace;
                    in_signature = in_signature && !is_body;
                    let is_body = is_body && !(takes_nothing(&kept) && is_value(&group));
                    let in_macro = self.in_macro || is_macro(&kept);
                    TokenTree::Group(self.group(group, is_body, in_macro)?)
                }
                token => token,
            };
            kept.push(token);
        }
        Ok(kept.into_iter().collect())
    }

    fn group(self, group: Group, is_body: bool, in_macro: bool) -> Result<Group, Span> {
        let (delimiter, span, tokens) = (group.delimiter(), group.span(), group.stream());
        let open = group.span_open();
        // The only owner of tokens moves them, where another would have to copy.
        drop(group);
        let tokens = match self.depth {
            _ if is_body => TokenStream::new(),
            depth if depth >= DEPTH => return Err(open),
            depth => Self {
                depth: depth + 1,
                in_macro,
            }
            .level(tokens)?,
        };
        let mut outlined = Group::new(delimiter, tokens);
        outlined.set_span(span);
        Ok(outlined)
    }
}

/// Whether the tokens end with `fn name() -> Type`.
fn takes_nothing(before: &[TokenTree]) -> bool {
    let Some(at) = before.iter().rposition(|token| is_word(Some(token), "fn")) else {
        return false;
    };
    match &before[at..] {
        [_, TokenTree::Ident(_), TokenTree::Group(arguments), dash, angle, _, ..] => {
            arguments.stream().is_empty() && is_punct(dash, '-') && is_punct(angle, '>')
        }
        _ => false,
    }
}

/// Whether the body of a function may be a value alone: without statements, short, and readable.
fn is_value(body: &Group) -> bool {
    let stream = body.stream();
    let is_plain = |token: &TokenTree| !is_punct(token, ';') && !is_punct(token, '|') && !is_punct(token, '?');
    let is_short = stream.clone().into_iter().take(LONGEST_VALUE).count() < LONGEST_VALUE;
    is_short
        && !stream.is_empty()
        && stream.clone().into_iter().all(|token| is_plain(&token))
        && is_shallow(stream, 0)
        && syn::parse2::<syn::Expr>(body.stream()).is_ok()
}

/// Whether nothing here nests deeper, or goes on longer, than a value that a person writes as a default.
fn is_shallow(tokens: TokenStream, depth: usize) -> bool {
    let mut groups = tokens.into_iter().take(LONGEST_LIST);
    depth < DEEPEST_VALUE
        && groups.all(|token| match token {
            TokenTree::Group(group) => {
                let inner = group.stream();
                inner.clone().into_iter().nth(LONGEST_LIST).is_none() && is_shallow(inner, depth + 1)
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => true,
        })
}

fn is_word(token: Option<&TokenTree>, wanted: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(word)) if word == wanted)
}

fn ends_item(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}

/// How many tokens an attribute has, if its brackets come next.
fn attribute(before: &[TokenTree]) -> usize {
    match before {
        [.., pound] if is_punct(pound, '#') => 2,
        [.., pound, bang] if is_punct(pound, '#') && is_punct(bang, '!') => 3,
        _ => 0,
    }
}

/// Whether a group is too short for anything to nest too deeply in it.
fn is_short(group: &Group) -> bool {
    let (start, end) = (group.span().start(), group.span().end());
    start.line == end.line && end.column - start.column < DEPTH
}

/// Whether the tokens end with `name!` or `macro_rules! name`.
fn is_macro(before: &[TokenTree]) -> bool {
    match before {
        [.., TokenTree::Ident(_), bang] | [.., TokenTree::Ident(_), bang, TokenTree::Ident(_)] => is_punct(bang, '!'),
        _ => false,
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outlined(text: &str) -> String {
        let tokens = text.parse().expect("a case is made of tokens");
        let outlined = outline(tokens).expect("a case is shallow");
        outlined.to_string()
    }

    fn same(text: &str) -> String {
        text.parse::<TokenStream>()
            .expect("a case is made of tokens")
            .to_string()
    }

    #[test]
    fn bodies_are_gone() {
        for (text, wanted) in [
            ("fn a() { b }", "fn a() {}"),
            (
                "impl A { fn b<C>(d: E) -> F where G: H { i } const J: K = { l }; }",
                "impl A { fn b<C>(d: E) -> F where G: H {} const J: K = { l }; }",
            ),
            (
                "mod a { pub async unsafe fn b() { c } struct D { e: fn(F) -> G } }",
                "mod a { pub async unsafe fn b() {} struct D { e: fn(F) -> G } }",
            ),
            (
                "trait A { fn b(); type C = D<{ 1 }>; }",
                "trait A { fn b(); type C = D<{ 1 }>; }",
            ),
        ] {
            assert_eq!(outlined(text), same(wanted));
        }
    }

    #[test]
    fn bodies_that_are_values_stay() {
        for text in ["fn a() -> B { C { d: 1 } }", "impl A { fn b() -> u8 { 5 * 60 } }"] {
            assert_eq!(outlined(text), same(text));
        }
        assert_eq!(outlined("fn a() -> B { let c = 1; c }"), same("fn a() -> B {}"));
        assert_eq!(outlined("fn a(b: C) -> D { 1 }"), same("fn a(b: C) -> D {}"));
        assert_eq!(outlined("fn a() -> B { match }"), same("fn a() -> B {}"));
    }

    #[test]
    fn depth_and_runs_have_limits() {
        let deep = |times: usize| format!("{}{}", "(".repeat(times), ")".repeat(times));
        let run = |times: usize| "a ".repeat(times);
        let is_fine = |text: String| outline(text.parse().expect("a case is made of tokens")).is_ok();
        assert!(is_fine(deep(DEPTH)));
        assert!(!is_fine(deep(DEPTH + 1)));
        assert!(is_fine(run(RUN)));
        assert!(!is_fine(run(RUN + 1)));
        assert!(!is_fine("fn() -> ".repeat(RUN)));
        assert!(!is_fine("if a {} else ".repeat(RUN)));
        assert!(is_fine("fn a() {}".repeat(RUN)));
        assert!(is_fine("#[a] struct B {}".repeat(RUN)));
        assert!(is_fine("//! a\n".repeat(RUN)));
        assert!(is_fine("/// a\n".repeat(RUN) + "struct A;"));
        assert!(!is_fine("!#[a] ".repeat(RUN + 1)));
        assert!(is_fine(format!(
            "a! {{ {} }} macro_rules! b {{ {} }}",
            run(RUN + 1),
            run(RUN + 1)
        )));
        assert!(is_fine(format!("fn a() {{ {} {} }}", run(RUN + 1), deep(DEPTH + 1))));
    }
}
