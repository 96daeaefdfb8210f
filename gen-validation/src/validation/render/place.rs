//! Where rendering is: the value that it speaks of, the old value, and the path, as expressions.

use kgen_emit::rust::ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The value that is looked at.
#[derive(Clone)]
pub(super) struct At {
    pub(super) value: Expr,
    pub(super) old: Old,
    pub(super) path: Path,
}

impl At {
    /// Where these fields lead to, at the same path.
    pub(super) fn way(&self, way: &[&str]) -> Self {
        Self {
            value: self.value.way(way),
            old: way.iter().fold(self.old.clone(), |old, name| old.member(name)),
            path: self.path.clone(),
        }
    }
}

/// An expression for a value.
#[derive(Clone)]
pub(super) struct Expr {
    tokens: TokenStream,
    is_reference: bool,
    is_text: bool,
    boxes: usize,
}

impl Expr {
    /// A variable that holds a `&str`.
    pub(super) fn text_reference(tokens: TokenStream) -> Self {
        Self {
            is_text: true,
            ..Self::reference(tokens)
        }
    }

    /// A variable that holds a reference.
    pub(super) fn reference(tokens: TokenStream) -> Self {
        Self {
            tokens,
            is_reference: true,
            is_text: false,
            boxes: 0,
        }
    }

    pub(super) fn is_boxed(&self) -> bool {
        self.boxes > 0
    }

    /// Text in a place that takes anything: `&*self.x`.
    pub(super) fn text(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.is_text {
            return tokens.clone();
        }
        let stars = stars(1 + self.boxes + usize::from(self.is_reference));
        quote! { &#stars #tokens }
    }

    /// What methods are called on, and fields are taken from.
    pub(super) fn receiver(&self) -> &TokenStream {
        &self.tokens
    }

    /// `&self.x`
    pub(super) fn by_ref(&self) -> TokenStream {
        let tokens = &self.tokens;
        match (self.boxes, self.is_reference) {
            (0, true) => tokens.clone(),
            (0, false) => quote! { &#tokens },
            (boxes, is_reference) => {
                let stars = stars(boxes + usize::from(is_reference));
                quote! { &#stars #tokens }
            }
        }
    }

    /// The same where the compiler looks into boxes and strings by itself.
    pub(super) fn coerced(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.is_reference {
            tokens.clone()
        } else {
            quote! { &#tokens }
        }
    }

    /// `self.x` of a type that is `Copy`.
    pub(super) fn by_value(&self) -> TokenStream {
        let tokens = &self.tokens;
        let stars = stars(self.boxes + usize::from(self.is_reference));
        quote! { #stars #tokens }
    }

    pub(super) fn member(&self, name: &str) -> Self {
        let (tokens, name) = (&self.tokens, member(name));
        Self {
            tokens: quote! { #tokens.#name },
            is_reference: false,
            is_text: false,
            boxes: 0,
        }
    }

    pub(super) fn way(&self, way: &[&str]) -> Self {
        way.iter().fold(self.clone(), |place, name| place.member(name))
    }

    pub(super) fn unboxed(&self) -> Self {
        Self {
            boxes: self.boxes + 1,
            ..self.clone()
        }
    }
}

fn stars(count: usize) -> TokenStream {
    (0..count).map(|_| quote! { * }).collect()
}

/// A field, or the `0` of a newtype.
pub(super) fn member(name: &str) -> TokenStream {
    match name.parse() {
        Ok(index) => {
            let index = Literal::u64_unsuffixed(index);
            quote! { #index }
        }
        Err(_) => {
            let name = ident(name);
            quote! { #name }
        }
    }
}

/// The old value: an `Option` of a reference, and the way from there.
#[derive(Clone, Default)]
pub(super) struct Old {
    /// Nothing if there is no old value at all.
    base: Option<TokenStream>,
    hops: Vec<Hop>,
}

/// A step from an old value to what it holds.
#[derive(Clone)]
enum Hop {
    Member(TokenStream),
    Some,
    Unbox,
    Method(TokenStream),
}

/// How the way to an old value ends.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Reference,
    Text,
    Slice,
}

impl Old {
    pub(super) fn variable() -> Self {
        Self {
            base: Some(quote! { old }),
            hops: Vec::new(),
        }
    }

    pub(super) fn none() -> Self {
        Self::default()
    }

    pub(super) fn member(&self, name: &str) -> Self {
        self.hop(Hop::Member(member(name)))
    }

    pub(super) fn some(&self) -> Self {
        self.hop(Hop::Some)
    }

    pub(super) fn unboxed(&self) -> Self {
        self.hop(Hop::Unbox)
    }

    /// A function from a reference to an `Option` of one.
    pub(super) fn and_then(&self, function: TokenStream) -> Self {
        self.hop(Hop::Method(function))
    }

    /// The old value of a map's `key`.
    pub(super) fn and_then_get(&self) -> Self {
        self.and_then(quote! { |old| old.get(key) })
    }

    fn hop(&self, hop: Hop) -> Self {
        let mut longer = self.clone();
        longer.hops.push(hop);
        longer
    }

    /// Whether a variable would be shorter than the way.
    pub(super) fn is_far(&self) -> bool {
        self.base.is_some() && !self.hops.is_empty()
    }

    /// `Option<&T>`
    pub(super) fn reference(&self) -> TokenStream {
        self.ending(End::Reference)
    }

    /// `Option<T>` of a type that is `Copy`.
    pub(super) fn copied(&self) -> TokenStream {
        match self.split() {
            None => quote! { None },
            Some((base, None)) => quote! { #base.copied() },
            Some((base, Some(place))) => {
                let value = place.by_value();
                quote! { #base.map(|old| #value) }
            }
        }
    }

    /// `Option<&str>`
    pub(super) fn text(&self) -> TokenStream {
        self.ending(End::Text)
    }

    /// `Option<&[T]>`
    pub(super) fn slice(&self) -> TokenStream {
        self.ending(End::Slice)
    }

    /// `Option` of what is made from the old value.
    pub(super) fn map(&self, make: impl FnOnce(&Expr) -> TokenStream) -> TokenStream {
        let Some((base, place)) = self.split() else {
            return quote! { None };
        };
        let made = make(&place.unwrap_or_else(|| Expr::reference(quote! { old })));
        quote! { #base.map(|old| #made) }
    }

    /// Whether there was something that could hold the value.
    pub(super) fn is_some(&self) -> TokenStream {
        let is_certain = |hop: &Hop| matches!(hop, Hop::Member(_) | Hop::Unbox);
        match &self.base {
            None => quote! { false },
            Some(base) if self.hops.iter().all(is_certain) => quote! { #base.is_some() },
            Some(_) => {
                let old = self.reference();
                quote! { #old.is_some() }
            }
        }
    }

    /// The `Option` of the last reference, and the rest of the way in terms of that.
    fn split(&self) -> Option<(TokenStream, Option<Expr>)> {
        let mut base = self.base.clone()?;
        let mut place: Option<Expr> = None;
        for hop in &self.hops {
            match hop {
                Hop::Member(name) => {
                    let from = place.unwrap_or_else(|| Expr::reference(quote! { old }));
                    let tokens = from.receiver();
                    place = Some(Expr {
                        tokens: quote! { #tokens.#name },
                        is_reference: false,
                        is_text: false,
                        boxes: 0,
                    });
                }
                Hop::Unbox => place = Some(place.unwrap_or_else(|| Expr::reference(quote! { old })).unboxed()),
                Hop::Some => {
                    base = match place.take() {
                        Some(place) => {
                            let tokens = place.receiver();
                            quote! { #base.and_then(|old| #tokens.as_ref()) }
                        }
                        None => quote! { #base.and_then(Option::as_ref) },
                    };
                }
                Hop::Method(closure) => {
                    let reference = place.take().map(|place| place.by_ref());
                    let reference = reference.map(|value| quote! { .map(|old| #value) });
                    base = quote! { #base #reference.and_then(#closure) };
                }
            }
        }
        Some((base, place))
    }

    fn ending(&self, end: End) -> TokenStream {
        if let Some(short) = self.dereferenced(end) {
            return short;
        }
        let Some((base, place)) = self.split() else {
            return quote! { None };
        };
        match (place, end) {
            (None, End::Reference) => base,
            (None, End::Text) => quote! { #base.map(String::as_str) },
            (None, End::Slice) => quote! { #base.map(Vec::as_slice) },
            (Some(place), End::Reference) => {
                let value = place.by_ref();
                quote! { #base.map(|old| #value) }
            }
            (Some(place), End::Text) => {
                let value = place.receiver();
                quote! { #base.map(|old| &*#value) }
            }
            (Some(place), End::Slice) => {
                let value = place.receiver();
                quote! { #base.map(|old| #value.as_slice()) }
            }
        }
    }

    /// `old.and_then(|old| old.x.as_deref())`, where an `Option` is followed by a step that needs no name.
    fn dereferenced(&self, end: End) -> Option<TokenStream> {
        let hops = match (self.hops.as_slice(), end) {
            ([hops @ .., Hop::Some, Hop::Unbox], End::Reference) | ([hops @ .., Hop::Some], End::Text | End::Slice) => {
                hops
            }
            _ => return None,
        };
        let before = Self {
            base: self.base.clone(),
            hops: hops.to_vec(),
        };
        Some(match before.split()? {
            (base, Some(place)) => {
                let tokens = place.receiver();
                quote! { #base.and_then(|old| #tokens.as_deref()) }
            }
            (base, None) => quote! { #base.and_then(Option::as_deref) },
        })
    }
}

/// An expression for a path.
#[derive(Clone)]
pub(super) struct Path {
    tokens: TokenStream,
    is_reference: bool,
}

impl Path {
    /// The variable.
    pub(super) fn variable() -> Self {
        Self {
            tokens: quote! { path },
            is_reference: true,
        }
    }

    /// `path`, `&path.child("x")`
    pub(super) fn by_ref(&self) -> TokenStream {
        let tokens = &self.tokens;
        if self.is_reference {
            tokens.clone()
        } else {
            quote! { &#tokens }
        }
    }

    pub(super) fn child(&self, wire: &str) -> Self {
        self.step(&quote! { child(#wire) })
    }

    pub(super) fn index(&self) -> Self {
        self.step(&quote! { index(index) })
    }

    pub(super) fn key(&self, key: &TokenStream) -> Self {
        self.step(&quote! { key(#key) })
    }

    fn step(&self, step: &TokenStream) -> Self {
        let tokens = &self.tokens;
        Self {
            tokens: quote! { #tokens.#step },
            is_reference: false,
        }
    }
}
