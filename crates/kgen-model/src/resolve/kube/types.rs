//! Types as written into types as schemars sees them.

use std::collections::BTreeMap;

use super::super::Resolver;
use super::super::scope::Target;
use super::std_types::{Container, container, fixed};
use crate::draft::{DraftTypeKind, DraftTypeRef};
use crate::known::{self, Known};
use crate::model::Builtin;
use crate::report::Diagnostic;
use crate::schemars::Type;
use crate::span::Span;

/// What generic parameters stand for.
pub(super) type Params = BTreeMap<String, Type>;

/// How deep types may lie in the arguments of others. More is a circle of aliases.
const DEEPEST: usize = 64;

/// The way out where a type does not tell its schema.
pub(super) const STATE_IT: &str = "state it, without effect on the code: `#[cfg_attr(any(), kgen(schema(type = \"string\")))]` or `kgen(schemaless, preserve_unknown_fields)`";

/// What a type is looked at for.
pub(super) struct Looking<'a> {
    pub(super) module: usize,
    pub(super) params: &'a Params,
    /// What the source does not tell.
    pub(super) unknown: &'a mut Vec<Diagnostic>,
    pub(super) depth: usize,
}

impl Looking<'_> {
    fn in_module<'b>(&'b mut self, module: usize, params: &'b Params) -> Looking<'b> {
        Looking {
            module,
            params,
            unknown: self.unknown,
            depth: self.depth + 1,
        }
    }

    fn unknown(&mut self, span: Span, what: &str) -> Type {
        let message = format!("the schema that schemars gives to {what} cannot be known from the source");
        self.unknown
            .push(Diagnostic::error("unknown-schema", span, message).help(STATE_IT));
        Type::Unknown
    }
}

impl Resolver<'_> {
    /// The type as schemars sees it.
    pub(super) fn schema_type(&mut self, ty: &DraftTypeRef, looking: &mut Looking<'_>) -> Type {
        if looking.depth > DEEPEST {
            return looking.unknown(ty.span, "a type that stands for itself");
        }
        match &ty.kind {
            DraftTypeKind::Unsupported("the unit type") => Type::Null,
            DraftTypeKind::Unsupported(what) => looking.unknown(ty.span, what),
            DraftTypeKind::Tuple(elements) => Type::Tuple(
                elements
                    .iter()
                    .map(|element| self.schema_type(element, looking))
                    .collect(),
            ),
            DraftTypeKind::Array(element, Some(length)) => {
                Type::Array(Box::new(self.schema_type(element, looking)), *length)
            }
            DraftTypeKind::Array(_, None) => looking.unknown(ty.span, "an array whose length is no literal"),
            DraftTypeKind::Path { segments, global } => {
                let names: Vec<&str> = segments.iter().map(|segment| segment.name.as_str()).collect();
                if let [name] = names.as_slice()
                    && let Some(ty) = looking.params.get(*name)
                {
                    return ty.clone();
                }
                let args = segments.last().map_or(&[][..], |segment| &segment.args);
                self.schema_path(ty.span, &names, *global, args, looking)
            }
        }
    }

    fn schema_path(
        &mut self,
        span: Span,
        names: &[&str],
        global: bool,
        args: &[DraftTypeRef],
        looking: &mut Looking<'_>,
    ) -> Type {
        match self.scopes.lookup(looking.module, names, global) {
            Some(Target::Type(home, index)) => {
                let args = self.schema_types(args, looking);
                Type::Defined(self.definition(home, index, args))
            }
            Some(Target::Alias(home, index)) => {
                let alias = self.scopes.alias(home, index);
                let args = self.schema_types(args, looking);
                let params: Params = alias.generics.iter().cloned().zip(args).collect();
                self.schema_type(&alias.ty, &mut looking.in_module(home, &params))
            }
            Some(Target::External(path)) => {
                let path: Vec<&str> = path.iter().map(String::as_str).collect();
                self.foreign_type(span, &path, args, looking)
            }
            _ => looking.unknown(span, &format!("`{}`", names.join("::"))),
        }
    }

    fn schema_types(&mut self, args: &[DraftTypeRef], looking: &mut Looking<'_>) -> Vec<Type> {
        let types = args
            .iter()
            .filter(|arg| !matches!(arg.kind, DraftTypeKind::Unsupported("a lifetime")));
        types.map(|arg| self.schema_type(arg, looking)).collect()
    }

    fn foreign_type(&mut self, span: Span, path: &[&str], args: &[DraftTypeRef], looking: &mut Looking<'_>) -> Type {
        if let Some(fixed) = fixed(path) {
            return Type::Fixed(fixed);
        }
        if let ["std" | "core", "marker", "PhantomData"] = path {
            return Type::Null;
        }
        if let Some(container) = container(path) {
            let mut args = self.schema_types(args, looking).into_iter();
            let first = args.next().map(Box::new);
            let second = args.next().map(Box::new);
            match (container, first, second) {
                (Container::Same, Some(inner), _) => return *inner,
                (Container::Option, Some(inner), _) => return Type::Option(inner),
                (Container::List, Some(inner), _) => return Type::List(inner),
                (Container::Set, Some(inner), _) => return Type::Set(inner),
                (Container::Map, Some(key), Some(value)) => return Type::Map(key, value),
                (Container::Map, ..) | (_, None, _) => {}
            }
        }
        match known::lookup(path) {
            Some(Known::Definition(name)) => Type::Kubernetes(name),
            Some(Known::Builtin(builtin)) => {
                of_builtin(builtin).unwrap_or_else(|| looking.unknown(span, &format!("`{}`", path.join("::"))))
            }
            None => looking.unknown(span, &format!("`{}`", path.join("::"))),
        }
    }
}

fn of_builtin(builtin: Builtin) -> Option<Type> {
    Some(match builtin {
        Builtin::Json => Type::Any,
        Builtin::Time => Type::Kubernetes("io.k8s.apimachinery.pkg.apis.meta.v1.Time"),
        Builtin::MicroTime => Type::Kubernetes("io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"),
        Builtin::FieldsV1 => Type::Kubernetes("io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1"),
        Builtin::Quantity => Type::Kubernetes("io.k8s.apimachinery.pkg.api.resource.Quantity"),
        Builtin::IntOrString => Type::Kubernetes("io.k8s.apimachinery.pkg.util.intstr.IntOrString"),
        Builtin::RawExtension => Type::Kubernetes("io.k8s.apimachinery.pkg.runtime.RawExtension"),
        // These have no schema in schemars.
        Builtin::Duration | Builtin::ByteString | Builtin::EmbeddedObject => return None,
    })
}
