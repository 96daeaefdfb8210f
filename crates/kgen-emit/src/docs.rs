//! Doc comments from text that was not written for rustdoc, such as the descriptions of a schema: Markdown that gives no
//! doctests and of which neither rustdoc nor clippy warns.

mod blocks;
mod inline;

use proc_macro2::TokenStream;
use quote::quote;

/// The text as `///` lines. Long lines are broken, lists are indented as Markdown wants it, code is marked as text, and
/// what only looks like a link or a tag is escaped.
#[must_use]
pub fn docs(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #( #[doc = #lines] )* }
}

/// The contents of doc attributes: each line begins with a space unless it is empty.
pub(crate) fn lines(text: &str) -> Vec<String> {
    blocks::lines(text, blocks::Width::Broken)
}

/// The same with every line as long as it was.
pub(crate) fn unbroken_lines(text: &str) -> Vec<String> {
    blocks::lines(text, blocks::Width::Kept)
}

/// Whether a character shows nothing of its own and may turn the direction of others, which compilers refuse.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
