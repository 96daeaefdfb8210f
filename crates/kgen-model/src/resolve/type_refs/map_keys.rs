//! Keys of JSON objects, which are strings.

use crate::model::{Shape, TypeRef};
use crate::report::Diagnostic;
use crate::resolve::Resolver;
use crate::span::Span;

impl Resolver<'_> {
    /// Keys of JSON objects are strings. What a named type is, is known only once it is resolved: then `map_keys` looks.
    pub(super) fn map_key(&mut self, span: Span, key: &TypeRef) -> Option<()> {
        if matches!(key, TypeRef::String | TypeRef::Named(_)) {
            return Some(());
        }
        self.bad_key(span);
        None
    }

    fn bad_key(&mut self, span: Span) {
        self.report.push(
            Diagnostic::error("bad-map-key", span, "the keys of a map are strings in JSON")
                .help("use `String`, an enum of named strings, or a newtype over one of them as the key"),
        );
    }

    /// Checks keys that are named types, once all types are resolved.
    pub(in super::super) fn map_keys(&mut self) {
        let mut bad = Vec::new();
        for ty in self.types.iter().flatten() {
            let inner: Vec<(&TypeRef, Span)> = match &ty.shape {
                Shape::Struct(fields) => fields.iter().map(|field| (&field.ty, field.span)).collect(),
                Shape::Newtype(inner) => vec![(inner, ty.span)],
                Shape::Union(union) => union
                    .variants
                    .iter()
                    .filter_map(|member| Some((member.ty.as_ref()?, member.span)))
                    .collect(),
                Shape::Enum(_) => continue,
            };
            bad.extend(
                inner
                    .into_iter()
                    .filter(|(ty, _)| !self.keys_are_strings(ty))
                    .map(|(_, span)| span),
            );
        }
        for span in bad {
            self.bad_key(span);
        }
    }

    fn keys_are_strings(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                self.keys_are_strings(inner)
            }
            TypeRef::Map { key, value, .. } => self.is_string(key, 0) && self.keys_are_strings(value),
            _ => true,
        }
    }

    fn is_string(&self, ty: &TypeRef, depth: usize) -> bool {
        match ty {
            TypeRef::String => true,
            TypeRef::Named(id) if depth < 32 => match self
                .types
                .get(id.0 as usize)
                .and_then(Option::as_ref)
                .map(|ty| &ty.shape)
            {
                Some(Shape::Newtype(inner)) => self.is_string(inner, depth + 1),
                Some(Shape::Enum(_)) | None => true,
                Some(Shape::Struct(_) | Shape::Union(_)) => false,
            },
            _ => false,
        }
    }
}
