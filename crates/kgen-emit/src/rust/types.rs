//! Names and types.

use kgen_model::known::{self, Known};
use kgen_model::model::{Float, Int, MapKind, Origin};
use kgen_model::{Builtin, Model, TypeDef, TypeId, TypeRef, names};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::Imports;

/// A Rust type by absolute paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A path such as `crate::v1::Page` with the types in its angle brackets. The names of the language itself, such as
    /// `i32`, have no module.
    Path {
        /// The path.
        path: String,
        /// The types.
        args: Vec<Type>,
    },
    /// `[T; N]`
    Array(Box<Type>, u64),
}

impl Type {
    /// The type of a use.
    #[must_use]
    pub fn of(model: &Model, ty: &TypeRef) -> Self {
        let one = |path: &str, inner: &TypeRef| Self::generic(path, vec![Self::of(model, inner)]);
        match ty {
            TypeRef::Bool => Self::plain("bool"),
            TypeRef::Int(int) => Self::plain(int_name(*int)),
            TypeRef::Float(Float::F32) => Self::plain("f32"),
            TypeRef::Float(Float::F64) => Self::plain("f64"),
            TypeRef::String => Self::string(),
            TypeRef::Builtin(builtin) => Self::plain(builtin_path(*builtin)),
            TypeRef::Named(id) => Self::named(model, *id),
            TypeRef::Option(inner) => one("std::option::Option", inner),
            TypeRef::Boxed(inner) => one("std::boxed::Box", inner),
            TypeRef::List(inner) => one("std::vec::Vec", inner),
            TypeRef::Array(inner, length) => Self::Array(Box::new(Self::of(model, inner)), *length),
            TypeRef::Map { kind, key, value } => {
                Self::generic(map_path(*kind), vec![Self::of(model, key), Self::of(model, value)])
            }
        }
    }

    /// A type of the model.
    #[must_use]
    pub fn named(model: &Model, id: TypeId) -> Self {
        let ty = model.ty(id);
        Self::generic(&path(ty), ty.args.iter().map(|arg| Self::of(model, arg)).collect())
    }

    /// `String`.
    #[must_use]
    pub fn string() -> Self {
        Self::plain("std::string::String")
    }

    fn plain(path: &str) -> Self {
        Self::generic(path, Vec::new())
    }

    fn generic(path: &str, args: Vec<Self>) -> Self {
        Self::Path {
            path: path.to_owned(),
            args,
        }
    }

    /// The type as code.
    pub fn tokens(&self, imports: &mut Imports) -> TokenStream {
        match self {
            Self::Path { path, args } => {
                let name = imports.name(path);
                let args = args.iter().map(|arg| arg.tokens(imports));
                let args: Vec<_> = args.collect();
                let brackets = (!args.is_empty()).then(|| quote! { <#(#args),*> });
                quote! { #name #brackets }
            }
            Self::Array(inner, length) => {
                let (inner, length) = (inner.tokens(imports), Literal::u64_unsuffixed(*length));
                quote! { [#inner; #length] }
            }
        }
    }
}

/// A name as an identifier, raw where it is a keyword.
///
/// # Panics
/// When the name is no identifier at all, which is a fault of the generator.
#[must_use]
pub fn ident(name: &str) -> Ident {
    let plain = name.strip_prefix("r#").unwrap_or(name);
    if is_keyword(plain) {
        Ident::new_raw(plain, Span::call_site())
    } else {
        Ident::new(plain, Span::call_site())
    }
}

/// Whether a word is a name only behind `r#`.
pub(crate) fn is_keyword(word: &str) -> bool {
    KEYWORDS.binary_search(&word).is_ok()
}

/// What is a name only behind `r#`, in some edition of Rust. No `r#` makes names of `self`, `super`, `crate` and `Self`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The name by which an arm calls what a variant holds: `PickUp` gives `pick_up`.
#[must_use]
pub fn binding(variant: &str) -> Ident {
    match names::snake(variant).as_str() {
        // No `r#` makes names of these.
        keyword @ ("crate" | "self" | "super") => ident(&format!("{keyword}_")),
        name => ident(name),
    }
}

/// The absolute path of a type, for [`Imports`]: `crate::v1::Order`, `kgen::k8s::ObjectMeta`,
/// `kgen::k8s_openapi::api::core::v1::Pod`.
#[must_use]
pub fn path(ty: &TypeDef) -> String {
    match ty.origin {
        Origin::Source => format!("{}::{}", module_path(&ty.module), ident(&ty.name)),
        Origin::Kubernetes if is_exported(ty) => format!("kgen::k8s::{}", ty.name),
        Origin::Kubernetes => format!("kgen::{}::{}", module_path(&ty.module), ty.name),
    }
}

/// The path of a module: `crate::r#type::v1`.
#[must_use]
pub fn module_path(module: &[String]) -> String {
    let segments = module.iter().map(|segment| ident(segment).to_string());
    segments.collect::<Vec<_>>().join("::")
}

/// Whether `kgen::k8s` has the type. Lists are generic there and have no definition of their own.
fn is_exported(ty: &TypeDef) -> bool {
    let is_list = ty.name == "List" && ty.module.len() == 1;
    let exported = known::lookup(&["kgen", "k8s", &ty.name]);
    is_list || matches!(exported, Some(Known::Definition(name)) if name == ty.schema_name)
}

pub(super) fn int_name(int: Int) -> &'static str {
    match int {
        Int::I8 => "i8",
        Int::I16 => "i16",
        Int::I32 => "i32",
        Int::I64 => "i64",
        Int::U8 => "u8",
        Int::U16 => "u16",
        Int::U32 => "u32",
        Int::U64 => "u64",
    }
}

pub(super) fn map_path(kind: MapKind) -> &'static str {
    match kind {
        MapKind::BTree => "std::collections::BTreeMap",
        MapKind::Hash => "std::collections::HashMap",
    }
}

pub(super) fn builtin_path(builtin: Builtin) -> &'static str {
    match builtin {
        Builtin::Time => "kgen::k8s::Time",
        Builtin::MicroTime => "kgen::k8s::MicroTime",
        Builtin::Duration => "kgen::k8s::Duration",
        Builtin::Quantity => "kgen::k8s::Quantity",
        Builtin::IntOrString => "kgen::k8s::IntOrString",
        Builtin::ByteString => "kgen::k8s::ByteString",
        Builtin::RawExtension => "kgen::k8s::RawExtension",
        Builtin::Json => "kgen::serde_json::Value",
        Builtin::EmbeddedObject => "kube_core::DynamicObject",
        Builtin::FieldsV1 => "kgen::k8s::FieldsV1",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_raw() {
        assert!(KEYWORDS.is_sorted());
        for (name, wanted) in [
            ("type", "r#type"),
            ("r#type", "r#type"),
            ("r#kind", "kind"),
            ("Self", "Self"),
        ] {
            assert_eq!(ident(name).to_string(), wanted);
        }
    }
}
