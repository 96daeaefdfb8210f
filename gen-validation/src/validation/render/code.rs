//! Statements, put together so that no `if` holds nothing but another one.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

/// A statement.
pub(super) enum Code {
    /// Any.
    Do(TokenStream),
    /// `if` without `else`.
    If { condition: TokenStream, body: Vec<Code> },
    /// `if let Some(name) = subject`
    IfLet {
        pattern: TokenStream,
        subject: TokenStream,
        body: Vec<Code>,
    },
}

/// What a block belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    If,
    IfLet,
    Other,
}

/// Statements as code.
pub(super) fn block(codes: Vec<Code>) -> TokenStream {
    within(codes, Around::Other)
}

fn within(codes: Vec<Code>, around: Around) -> TokenStream {
    let is_alone = codes.len() == 1 && around != Around::Other;
    codes.into_iter().map(|code| statement(code, is_alone)).collect()
}

/// A condition that stands alone in another one gets a name. Chains of `let` would do, but only in new editions.
fn statement(code: Code, is_alone: bool) -> TokenStream {
    match code {
        Code::Do(tokens) => tokens,
        Code::If {
            mut condition,
            mut body,
        } => {
            while let [Code::If { .. }] = body.as_slice()
                && let Some(Code::If {
                    condition: more,
                    body: inner,
                }) = body.pop()
            {
                condition = quote! { #condition && #more };
                body = inner;
            }
            let body = within(body, Around::If);
            if is_alone {
                quote! {
                    let applies = #condition;
                    if applies { #body }
                }
            } else {
                quote! { if #condition { #body } }
            }
        }
        Code::IfLet { pattern, subject, body } => {
            let body = within(body, Around::IfLet);
            if is_alone {
                quote! {
                    let content = #subject;
                    if let #pattern = content { #body }
                }
            } else {
                quote! { if let #pattern = #subject { #body } }
            }
        }
    }
}

/// Whether code names a variable.
pub(super) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
