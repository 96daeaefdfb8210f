//! From tokens to text as a person would lay it out: prettyplease for each item, blank lines between items and between
//! the members of impls and traits.

use proc_macro2::TokenStream;
use syn::{ImplItem, Item, ItemImpl, ItemTrait, TraitItem, parse_quote};

/// The text of a file. The error says why the tokens are no Rust file.
pub(crate) fn format(tokens: TokenStream) -> Result<String, String> {
    let mut file: syn::File = syn::parse2(tokens).map_err(|error| error.to_string())?;
    let items = std::mem::take(&mut file.items);
    let head = if file.attrs.is_empty() {
        String::new()
    } else {
        prettyplease::unparse(&file)
    };
    let blocks = items.into_iter().map(|item| {
        let kind = std::mem::discriminant(&item);
        let is_use = matches!(item, Item::Use(_));
        Block {
            kind: Some(kind),
            is_use,
            text: item_text(item),
        }
    });
    let head = (!head.is_empty()).then_some(Block {
        kind: None,
        is_use: false,
        text: head,
    });
    Ok(join(head.into_iter().chain(blocks)))
}

/// Something that stands between blank lines, or close to its like.
struct Block<K> {
    kind: Option<K>,
    is_use: bool,
    text: String,
}

impl<K: PartialEq> Block<K> {
    /// Whether no blank line stands between the two: imports, and lone lines of one kind such as constants.
    fn is_close_to(&self, next: &Self) -> bool {
        let one_kind = self.kind.is_some() && self.kind == next.kind;
        one_kind && (self.is_use || (self.is_line() && next.is_line()))
    }

    fn is_line(&self) -> bool {
        self.text.find('\n').is_none_or(|at| at + 1 == self.text.len())
    }
}

fn join<K: PartialEq>(blocks: impl Iterator<Item = Block<K>>) -> String {
    let mut text = String::new();
    let mut last: Option<Block<K>> = None;
    for block in blocks {
        if last.is_some_and(|last| !last.is_close_to(&block)) {
            text.push('\n');
        }
        text.push_str(&block.text);
        last = Some(block);
    }
    text
}

fn item_text(item: Item) -> String {
    match item {
        Item::Impl(item) => impl_text(item),
        Item::Trait(item) => trait_text(item),
        item => unparse(item),
    }
}

fn impl_text(mut item: ItemImpl) -> String {
    let members = std::mem::take(&mut item.items);
    let blocks = members.into_iter().map(|member| Block {
        kind: Some(std::mem::discriminant(&member)),
        is_use: false,
        text: impl_member_text(member),
    });
    wrap(&unparse(Item::Impl(item)), &join(blocks))
}

fn trait_text(mut item: ItemTrait) -> String {
    let members = std::mem::take(&mut item.items);
    let blocks = members.into_iter().map(|member| Block {
        kind: Some(std::mem::discriminant(&member)),
        is_use: false,
        text: trait_member_text(member),
    });
    wrap(&unparse(Item::Trait(item)), &join(blocks))
}

/// The member's lines as they stand in an impl: the first and the last line of the shortest impl are cut off.
fn impl_member_text(member: ImplItem) -> String {
    let mut shell: ItemImpl = parse_quote!(impl X {});
    shell.items.push(member);
    between_braces(&unparse(Item::Impl(shell)))
}

fn trait_member_text(member: TraitItem) -> String {
    let mut shell: ItemTrait = parse_quote!(
        trait X {}
    );
    shell.items.push(member);
    between_braces(&unparse(Item::Trait(shell)))
}

fn between_braces(text: &str) -> String {
    let inner = text.split_once('\n').map_or("", |(_, rest)| rest);
    inner.strip_suffix("}\n").unwrap_or(inner).to_owned()
}

/// Puts members into `head`, which ends with `{}` and a line break.
fn wrap(head: &str, members: &str) -> String {
    if members.is_empty() {
        return head.to_owned();
    }
    let open = head.trim_end().strip_suffix('}').unwrap_or(head).trim_end();
    format!("{open}\n{members}}}\n")
}

fn unparse(item: Item) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn items_stand_apart_and_imports_together() {
        let text = format(quote! {
            use a::B;
            use c::D;
            const X: u8 = 1;
            const Y: u8 = 2;
            struct S;
            fn f() {}
        });
        assert_eq!(
            text.as_deref(),
            Ok("use a::B;\nuse c::D;\n\nconst X: u8 = 1;\nconst Y: u8 = 2;\n\nstruct S;\n\nfn f() {}\n")
        );
    }

    #[test]
    fn methods_stand_apart_and_associated_types_together() {
        let text = format(quote! {
            impl<T> A for B<T> where T: C {
                type X = u8;
                type Y = u8;
                fn f(&self) -> u8 { 1 }
                /// Docs.
                fn g(&self) -> &str { "a\n}\n" }
            }
        });
        let wanted = r#"impl<T> A for B<T>
where
    T: C,
{
    type X = u8;
    type Y = u8;

    fn f(&self) -> u8 {
        1
    }

    /// Docs.
    fn g(&self) -> &str {
        "a\n}\n"
    }
}
"#;
        assert_eq!(text.as_deref(), Ok(wanted));
    }

    #[test]
    fn traits_and_empty_impls() {
        let text = format(quote! {
            trait A { const N: usize; fn f(&self); fn g(&self) { self.f() } }
            #[automatically_derived]
            impl A for B {}
        });
        let wanted = "trait A {\n    const N: usize;\n\n    fn f(&self);\n\n    fn g(&self) {\n        self.f()\n    }\n}\n\n\
                      #[automatically_derived]\nimpl A for B {}\n";
        assert_eq!(text.as_deref(), Ok(wanted));
    }

    #[test]
    fn module_docs_come_first() {
        assert_eq!(
            format(quote! { #![doc = " About."] fn f() {} }).as_deref(),
            Ok("//! About.\n\nfn f() {}\n")
        );
    }

    #[test]
    fn broken_tokens_are_an_error() {
        assert!(format(quote! { fn }).is_err());
    }
}
