//! Types as written into types of the model.

mod map_keys;
mod standard;

use std::collections::BTreeMap;

use self::standard::{container, module_of_std, replacement, scalar};
use super::Resolver;
use super::scope::Target;
use crate::draft::{DraftSegment, DraftTypeKind, DraftTypeRef};
use crate::known::{self, Known};
use crate::model::TypeRef;
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
