//! A place in a sequence of tokens, for the small grammars of attributes.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, TokenStream, TokenTree};

/// Tokens of one level, of which the passed ones are gone.
#[derive(Debug)]
pub(crate) struct Cursor {
    /// The last token first.
    tokens: Vec<TokenTree>,
}

impl Cursor {
    /// At the first token.
    pub(crate) fn new(tokens: TokenStream) -> Self {
        let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
        tokens.reverse();
        Self { tokens }
    }

    /// The token here.
    pub(crate) fn peek(&self) -> Option<&TokenTree> {
        self.tokens.last()
    }

    /// The token behind that.
    fn peek_second(&self) -> Option<&TokenTree> {
        self.tokens.iter().nth_back(1)
    }

    /// Passes the token here.
    pub(crate) fn bump(&mut self) -> Option<TokenTree> {
        self.tokens.pop()
    }

    /// Whether the punctuation stands here.
    pub(crate) fn is_punct(&self, wanted: char) -> bool {
        is_punct(self.peek(), wanted)
    }

    /// Passes the punctuation, if it stands here.
    pub(crate) fn eat(&mut self, wanted: char) -> Option<Punct> {
        match self.tokens.pop_if(|token| is_punct(Some(token), wanted))? {
            TokenTree::Punct(punct) => Some(punct),
            _ => None,
        }
    }

    /// Passes `::`, if it stands here.
    pub(crate) fn eat_colons(&mut self) -> bool {
        let here = self.is_punct(':') && is_punct(self.peek_second(), ':');
        if here {
            self.tokens.truncate(self.tokens.len() - 2);
        }
        here
    }

    /// Passes `=` that is no part of `==` or `=>`.
    pub(crate) fn eat_equals(&mut self) -> Option<Punct> {
        let is_joint = matches!(self.peek(), Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint);
        let second = self.peek_second();
        if is_joint && (is_punct(second, '=') || is_punct(second, '>')) {
            return None;
        }
        self.eat('=')
    }

    /// Passes a word, if one stands here.
    pub(crate) fn eat_ident(&mut self) -> Option<Ident> {
        match self.tokens.pop_if(|token| matches!(token, TokenTree::Ident(_)))? {
            TokenTree::Ident(word) => Some(word),
            _ => None,
        }
    }

    /// Passes a literal, if one stands here.
    pub(crate) fn eat_literal(&mut self) -> Option<Literal> {
        match self.tokens.pop_if(|token| matches!(token, TokenTree::Literal(_)))? {
            TokenTree::Literal(literal) => Some(literal),
            _ => None,
        }
    }

    /// Passes what stands in delimiters, if that is here.
    pub(crate) fn eat_group(&mut self, wanted: Option<Delimiter>) -> Option<Group> {
        let is_wanted = |token: &mut TokenTree| match token {
            TokenTree::Group(group) => wanted.is_none_or(|wanted| group.delimiter() == wanted),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        match self.tokens.pop_if(is_wanted)? {
            TokenTree::Group(group) => Some(group),
            _ => None,
        }
    }

    /// Passes all before the next comma, and the comma.
    pub(crate) fn skip_comma(&mut self) {
        while self.bump().is_some_and(|token| !is_punct(Some(&token), ',')) {}
    }
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}
