//! From tokens to text as a person would lay it out: prettyplease for each item, blank lines between items and between
//! the members of impls and traits.

use prettyplease::unparse;
use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Item};

/// The text of a file. The error says why the tokens are no Rust file.
pub(crate) fn format(tokens: TokenStream) -> Result<String, String> {
    file_text.parse2(tokens).map_err(|error| error.to_string())
}

/// Each item becomes text as soon as it is parsed: the syntax tree of a whole file would not stay in the cache.
fn file_text(input: ParseStream) -> syn::Result<String> {
    let attributes = input.call(Attribute::parse_inner)?;
    let mut blocks = Vec::new();
    if !attributes.is_empty() {
        blocks.push(Block {
            kind: None,
            is_use: false,
            text: unparse(&file(attributes, Vec::new())),
        });
    }
    while !input.is_empty() {
        let item: Item = input.parse()?;
        blocks.push(Block {
            kind: Some(std::mem::discriminant(&item)),
            is_use: matches!(item, Item::Use(_)),
            text: item_text(item),
        });
    }
    Ok(join(&blocks))
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

fn join<K: PartialEq>(blocks: &[Block<K>]) -> String {
    let mut text = String::with_capacity(blocks.iter().map(|block| block.text.len() + 1).sum());
    let mut last: Option<&Block<K>> = None;
    for block in blocks {
        if last.is_some_and(|last| !last.is_close_to(block)) {
            text.push('\n');
        }
        text.push_str(&block.text);
        last = Some(block);
    }
    text
}

fn item_text(item: Item) -> String {
    match item {
        Item::Impl(mut item) => {
            let members = std::mem::take(&mut item.items);
            with_members(Item::Impl(item), members, |items, member| {
                if let [Item::Impl(item)] = items {
                    item.items = vec![member];
                }
            })
        }
        Item::Trait(mut item) => {
            let members = std::mem::take(&mut item.items);
            with_members(Item::Trait(item), members, |items, member| {
                if let [Item::Trait(item)] = items {
                    item.items = vec![member];
                }
            })
        }
        item => unparse(&file(Vec::new(), vec![item])),
    }
}

/// The text of an impl or trait, whose members were taken out: each is printed as its only one, which `set` makes it.
fn with_members<M>(item: Item, members: Vec<M>, set: fn(&mut [Item], M)) -> String {
    let mut file = file(Vec::new(), vec![item]);
    let empty = unparse(&file);
    let open = empty.strip_suffix("}\n").unwrap_or(&empty).trim_end();
    let blocks = members.into_iter().map(|member| {
        let kind = Some(std::mem::discriminant(&member));
        set(&mut file.items, member);
        let text = unparse(&file);
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix("}\n"));
        Block {
            kind,
            is_use: false,
            text: inner.unwrap_or(&text).trim_start_matches('\n').to_owned(),
        }
    });
    let inner = join(&blocks.collect::<Vec<_>>());
    if inner.is_empty() {
        empty
    } else {
        format!("{open}\n{inner}}}\n")
    }
}

fn file(attrs: Vec<Attribute>, items: Vec<Item>) -> syn::File {
    syn::File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    }
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
