//! Types as written into types of the model.

use std::collections::BTreeMap;

use super::Resolver;
use super::scope::Target;
use crate::draft::{DraftSegment, DraftTypeKind, DraftTypeRef};
use crate::known::{self, Known};
use crate::model::{Float, Int, MapKind, Shape, TypeRef};
use crate::names::closest;
use crate::report::Diagnostic;
use crate::span::Span;

/// The longest name that the arguments of a type may make together.
const LONGEST_NAME: usize = 512;

const OWNED: &str =
    "use owned types: structs, enums, `String`, numbers, `Option`, `Vec`, `BTreeMap`, `serde_json::Value`";

/// What generic parameters stand for.
pub(super) type Params = BTreeMap<String, TypeRef>;

impl Resolver<'_> {
    /// The type as the model has it. `None` after a finding.
    pub(super) fn type_ref(&mut self, module: usize, ty: &DraftTypeRef, params: &Params) -> Option<TypeRef> {
        match &ty.kind {
            DraftTypeKind::Unsupported(what) => self.unsupported_type(ty.span, what),
            DraftTypeKind::Tuple(_) => self.unsupported_type(ty.span, "a tuple"),
            DraftTypeKind::Array(element, length) => {
                let element = self.type_ref(module, element, params)?;
                let Some(length) = length else {
                    self.report.push(
                        Diagnostic::error("unsupported-type", ty.span, "the length of this array is no literal")
                            .help("write the length as a number, or use `Vec` with `min_items` and `max_items`"),
                    );
                    return None;
                };
                Some(TypeRef::Array(Box::new(element), *length))
            }
            DraftTypeKind::Path { segments, global } => self.path_type(module, ty.span, segments, *global, params),
        }
    }

    fn unsupported_type(&mut self, span: Span, what: &str) -> Option<TypeRef> {
        let message = format!("an API type cannot hold {what}");
        self.report
            .push(Diagnostic::error("unsupported-type", span, message).help(OWNED));
        None
    }

    fn path_type(
        &mut self,
        module: usize,
        span: Span,
        segments: &[DraftSegment],
        global: bool,
        params: &Params,
    ) -> Option<TypeRef> {
        let names: Vec<&str> = segments.iter().map(|segment| segment.name.as_str()).collect();
        if let [name] = names.as_slice()
            && let Some(ty) = params.get(*name)
        {
            return Some(ty.clone());
        }
        let args = segments
            .last()
            .map(|segment| segment.args.as_slice())
            .unwrap_or_default();
        match self.scopes.lookup(module, &names, global) {
            Some(Target::Type(home, index)) => {
                if self.is_formless(home, index) {
                    return None;
                }
                let args = self.type_args(module, args, params)?;
                self.generic_count(span, &self.scopes.ty(home, index).generics, args.len())?;
                self.bounded(span, &args)?;
                Some(TypeRef::Named(self.intern(home, index, args)))
            }
            Some(Target::Alias(home, index)) => self.alias(module, span, (home, index), args, params),
            Some(Target::External(path)) => self.external(module, span, &path, args, params),
            _ => {
                self.unknown_type(module, span, &names);
                None
            }
        }
    }

    fn type_args(&mut self, module: usize, args: &[DraftTypeRef], params: &Params) -> Option<Vec<TypeRef>> {
        let args: Vec<_> = args.iter().map(|arg| self.type_ref(module, arg, params)).collect();
        args.into_iter().collect()
    }

    fn generic_count(&mut self, span: Span, generics: &[String], have: usize) -> Option<()> {
        if generics.len() == have {
            return Some(());
        }
        self.argument_count(span, generics.len(), have);
        None
    }

    /// A type that holds itself with ever larger arguments would never end.
    fn bounded(&mut self, span: Span, args: &[TypeRef]) -> Option<()> {
        if self.name_with(String::new(), args).len() <= LONGEST_NAME {
            return Some(());
        }
        let message = "the type arguments grow without end";
        self.report.push(
            Diagnostic::error("unsupported-type", span, message)
                .help("let the type hold itself with its own arguments"),
        );
        None
    }

    fn argument_count(&mut self, span: Span, wanted: usize, have: usize) {
        let plural = if wanted == 1 { "" } else { "s" };
        let message = format!("this type has {wanted} type parameter{plural}, but {have} stand here");
        let help = if wanted == 0 {
            "remove the angle brackets"
        } else {
            "name a type for each of them, in angle brackets"
        };
        self.report
            .push(Diagnostic::error("unsupported-type", span, message).help(help));
    }

    fn alias(
        &mut self,
        module: usize,
        span: Span,
        target: (usize, usize),
        args: &[DraftTypeRef],
        params: &Params,
    ) -> Option<TypeRef> {
        let alias = self.scopes.alias(target.0, target.1);
        if self.aliases.contains(&target) {
            self.report.push(
                Diagnostic::error(
                    "cyclic-alias",
                    alias.span,
                    format!("the alias `{}` stands for itself", alias.name),
                )
                .help("let one of the aliases name a struct, an enum or a type of std"),
            );
            return None;
        }
        let args = self.type_args(module, args, params)?;
        self.generic_count(span, &alias.generics, args.len())?;
        let inner: Params = alias.generics.iter().cloned().zip(args).collect();
        self.aliases.push(target);
        let resolved = self.type_ref(target.0, &alias.ty, &inner);
        self.aliases.pop();
        resolved
    }

    fn external(
        &mut self,
        module: usize,
        span: Span,
        path: &[String],
        args: &[DraftTypeRef],
        params: &Params,
    ) -> Option<TypeRef> {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        if args.is_empty()
            && let Some(scalar) = scalar(&names)
        {
            return Some(scalar);
        }
        if let Some(container) = container(&names) {
            return self.container(module, span, container, args, params);
        }
        match known::lookup(&names) {
            Some(Known::Builtin(builtin)) => Some(TypeRef::Builtin(builtin)),
            Some(Known::Definition(definition)) => Some(TypeRef::Named(self.intern_known(definition))),
            None => {
                self.unknown_type(module, span, &names);
                None
            }
        }
    }

    fn container(
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

    /// Keys of JSON objects are strings. What a named type is, is known only once it is resolved: then `map_keys` looks.
    fn map_key(&mut self, span: Span, key: &TypeRef) -> Option<()> {
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
    pub(super) fn map_keys(&mut self) {
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

    fn unknown_type(&mut self, module: usize, span: Span, names: &[&str]) {
        let path = names.join("::");
        if let Some(help) = replacement(names) {
            let message = format!("an API type cannot hold `{path}`");
            self.report
                .push(Diagnostic::error("unsupported-type", span, message).help(help));
            return;
        }
        let mut diagnostic = Diagnostic::error("unknown-type", span, format!("cannot find the type `{path}`"));
        let last = names.last().copied().unwrap_or_default();
        if let Some(module) = module_of_std(last).filter(|_| names.len() == 1) {
            diagnostic = diagnostic.help(format!("import it: `use std::{module}::{last};`"));
        } else if let Some(close) = closest(last, self.scopes.type_names(module)) {
            diagnostic = diagnostic.help(format!("did you mean `{close}`?"));
        } else if known::names().any(|name| name == last) {
            diagnostic = diagnostic.help(format!("Kubernetes' type is `kgen::k8s::{last}`"));
        } else if let Some(close) = closest(last, known::names()) {
            diagnostic = diagnostic.help(format!("did you mean `kgen::k8s::{close}`?"));
        } else {
            diagnostic = diagnostic.help("kgen reads this crate's modules, std's basic types, serde_json and k8s-openapi; import the type or define it here");
        }
        self.report.push(diagnostic);
    }
}

#[derive(Clone, Copy)]
enum Container {
    Option,
    Boxed,
    Shared,
    Deque,
    List,
    Map(MapKind),
    Set,
}

fn scalar(path: &[&str]) -> Option<TypeRef> {
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

fn container(path: &[&str]) -> Option<Container> {
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
fn replacement(path: &[&str]) -> Option<&'static str> {
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
fn module_of_std(name: &str) -> Option<&'static str> {
    Some(match name {
        "BTreeMap" | "BTreeSet" | "HashMap" | "HashSet" | "VecDeque" => "collections",
        "Cow" => "borrow",
        "Arc" => "sync",
        "Rc" => "rc",
        _ => return None,
    })
}
