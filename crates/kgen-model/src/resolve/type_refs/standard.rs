//! Types that the standard library has: scalars, containers, and those that no API can hold.

use super::{OWNED, Params};
use crate::draft::DraftTypeRef;
use crate::model::{Float, Int, MapKind, TypeRef};
use crate::report::Diagnostic;
use crate::resolve::Resolver;
use crate::span::Span;

#[derive(Clone, Copy)]
pub(super) enum Container {
    Option,
    Boxed,
    Shared,
    Deque,
    List,
    Map(MapKind),
    Set,
}

impl Resolver<'_> {
    pub(super) fn container(
        &mut self,
        module: usize,
        span: Span,
        container: Container,
        args: &[DraftTypeRef],
        params: &Params,
    ) -> Option<TypeRef> {
        let key_span = args.first().map_or(span, |key| key.span);
        let mut args = self.type_args(module, args, params)?;
        let wanted = if matches!(container, Container::Map(_)) { 2 } else { 1 };
        if args.len() != wanted {
            self.argument_count(span, wanted, args.len());
            return None;
        }
        let last = Box::new(args.pop()?);
        Some(match container {
            Container::Option if last.is_option() => {
                return self.refuse(
                    span,
                    "JSON has no `Option` of an `Option`",
                    "write one `Option`; mark it `nullable` if `null` differs from absent",
                );
            }
            Container::Option => TypeRef::Option(last),
            Container::Boxed => TypeRef::Boxed(last),
            Container::List if *last == TypeRef::Int(Int::U8) => {
                return self.refuse(
                    span,
                    "`Vec<u8>` may mean bytes or a list of numbers",
                    "write `kgen::k8s::ByteString` for bytes (base64 in JSON), or `Vec<i32>` with `each(minimum = 0, maximum = 255)`",
                );
            }
            Container::List => TypeRef::List(last),
            Container::Map(kind) => {
                let key = Box::new(args.pop()?);
                self.map_key(key_span, &key)?;
                TypeRef::Map { kind, key, value: last }
            }
            Container::Set => {
                return self.refuse(span, "JSON has no sets", "write `Vec<..>` and mark it `list = set`");
            }
            Container::Shared => {
                return self.refuse(
                    span,
                    "an API type owns its values, it does not share them",
                    "write `Box<..>`, and share whole objects",
                );
            }
            Container::Deque => {
                return self.refuse(span, "an API type has no use for a queue", "write `Vec<..>`");
            }
        })
    }

    fn refuse(&mut self, span: Span, message: &str, help: &str) -> Option<TypeRef> {
        self.report
            .push(Diagnostic::error("unsupported-type", span, message).help(help));
        None
    }
}

pub(super) fn scalar(path: &[&str]) -> Option<TypeRef> {
    Some(match path {
        ["bool"] => TypeRef::Bool,
        ["i8"] => TypeRef::Int(Int::I8),
        ["i16"] => TypeRef::Int(Int::I16),
        ["i32"] => TypeRef::Int(Int::I32),
        ["i64"] => TypeRef::Int(Int::I64),
        ["u8"] => TypeRef::Int(Int::U8),
        ["u16"] => TypeRef::Int(Int::U16),
        ["u32"] => TypeRef::Int(Int::U32),
        ["u64"] => TypeRef::Int(Int::U64),
        ["f32"] => TypeRef::Float(Float::F32),
        ["f64"] => TypeRef::Float(Float::F64),
        ["String"] | ["std" | "alloc", "string", "String"] => TypeRef::String,
        _ => return None,
    })
}

pub(super) fn container(path: &[&str]) -> Option<Container> {
    Some(match path {
        ["Option"] | ["std" | "core", "option", "Option"] => Container::Option,
        ["Box"] | ["std" | "alloc", "boxed", "Box"] => Container::Boxed,
        ["std" | "alloc", "sync", "Arc"] | ["std" | "alloc", "rc", "Rc"] => Container::Shared,
        ["Vec"] | ["std" | "alloc", "vec", "Vec"] => Container::List,
        ["std" | "alloc", "collections", "VecDeque"] => Container::Deque,
        ["std" | "alloc", "collections", "BTreeMap"] => Container::Map(MapKind::BTree),
        ["std", "collections", "HashMap"] => Container::Map(MapKind::Hash),
        ["std" | "alloc", "collections", "BTreeSet"] | ["std", "collections", "HashSet"] => Container::Set,
        _ => return None,
    })
}

/// What to write instead of types of std that no API can hold.
pub(super) fn replacement(path: &[&str]) -> Option<&'static str> {
    Some(match path {
        ["usize" | "isize" | "u128" | "i128"] => "JSON numbers have no such width: use `i32` or `i64`",
        ["char"] => "use `String` with `min_length = 1, max_length = 1`",
        ["str"] => "use `String`",
        ["std", "time", "Duration"] => "use `kgen::k8s::Duration`, which is written as `1h30m`",
        ["std", "time", "SystemTime" | "Instant"] => "use `kgen::k8s::Time`",
        ["std", "net", _] | ["std", "path", _] => "use `String` with a `format`",
        ["std" | "alloc", "borrow", "Cow"] => "use `String`",
        ["std" | "core" | "alloc", ..] => OWNED,
        _ => return None,
    })
}

/// Where std keeps types that every program knows.
pub(super) fn module_of_std(name: &str) -> Option<&'static str> {
    Some(match name {
        "BTreeMap" | "BTreeSet" | "HashMap" | "HashSet" | "VecDeque" => "collections",
        "Cow" => "borrow",
        "Arc" => "sync",
        "Rc" => "rc",
        _ => return None,
    })
}
