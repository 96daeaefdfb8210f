//! Kinds whose Rust types kube-derive makes: what `#[kube(..)]` says of them, and the types that they consist of.
//!
//! They become the same model as other kinds. Their schemas follow other rules, so that what schemars reads is kept
//! beside it, as [`crate::schemars`] has it.

mod arguments;
mod attributes;
mod checks;
mod kinds;
mod lenient;
mod objects;
mod roots;
mod rules;
mod schemas;
mod std_types;
mod type_text;
mod types;
mod values;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use super::Resolver;
use crate::report::Diagnostic;
use crate::schemars::{Definition, DefinitionId, Field, Type};
use crate::span::Span;
use arguments::Arguments;
use values::{At, Values, skips};

/// What is known of such kinds while names are looked up.
#[derive(Default)]
pub(super) struct Kube {
    /// The types that carry `#[kube(..)]`.
    pub(super) specs: Vec<Spec>,
    /// The definitions; `None` while one is being read.
    definitions: Vec<Option<Definition>>,
    ids: BTreeMap<(usize, usize, String), DefinitionId>,
    homes: Vec<(usize, usize)>,
    /// The types that such kinds consist of, by module and name. They were not written for kgen.
    lenient: BTreeSet<(usize, String)>,
    /// Enums that are looked into, to find those that hold themselves.
    open: Vec<(usize, usize)>,
    pending: Vec<PendingDefault>,
}

/// A type that carries `#[kube(..)]`.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    pub(super) module: usize,
    pub(super) index: usize,
    pub(super) arguments: Arguments,
    /// The definition of the whole object.
    root: Option<DefinitionId>,
    ty: Option<crate::TypeId>,
}

/// A default that is still to be computed.
struct PendingDefault {
    definition: DefinitionId,
    module: usize,
    span: Span,
    from: DefaultFrom,
    /// The field's own type.
    ty: Type,
    /// Whether serde writes the value as it is.
    exact: bool,
}

/// Where serde has a default from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum DefaultFrom {
    /// The field's type.
    Type,
    /// A function.
    Function(String),
    /// What the struct's `Default` sets the field to.
    Struct,
    /// What a function that gives the struct sets the field to.
    StructFunction(String),
}

impl DefaultFrom {
    /// What a struct's own `default` means for a field.
    fn container(&self) -> Self {
        match self {
            Self::Type | Self::Struct => Self::Struct,
            Self::Function(path) | Self::StructFunction(path) => Self::StructFunction(path.clone()),
        }
    }
}

impl Resolver<'_> {
    /// Finds the types that carry `#[kube(..)]`.
    pub(super) fn kube_specs(&mut self) {
        let draft = self.draft;
        for (module, items) in draft.modules.iter().enumerate() {
            for (index, ty) in items.types.iter().enumerate() {
                let foreign = ty.foreign.as_deref();
                let Some(foreign) = foreign.filter(|_| ty.derives.iter().any(|name| name == "CustomResource")) else {
                    continue;
                };
                if let Some(arguments) = arguments::read(ty, foreign, self.report) {
                    self.kube.specs.push(Spec {
                        module,
                        index,
                        arguments,
                        root: None,
                        ty: None,
                    });
                }
            }
        }
    }

    fn values(&self) -> Values<'_> {
        Values {
            draft: self.draft,
            scopes: &self.scopes,
            definitions: &self.kube.definitions,
            homes: &self.kube.homes,
        }
    }

    /// Computes the defaults of all fields, once all types are known.
    fn kube_defaults(&mut self) {
        for pending in std::mem::take(&mut self.kube.pending) {
            let at = pending.definition.0 as usize;
            let found = self.kube.definitions[at].clone().and_then(|mut definition| {
                let fields = definition.body.fields_mut();
                let field = fields.into_iter().find(|field| field.span == pending.span)?;
                Some(self.kube_default(&pending, field))
            });
            let Some(definition) = &mut self.kube.definitions[at] else {
                continue;
            };
            match found {
                Some(Ok(value)) => {
                    let fields = definition.body.fields_mut();
                    if let Some(field) = fields.into_iter().find(|field| field.span == pending.span) {
                        field.default = value;
                    }
                }
                Some(Err(finding)) => definition.unknown.push(*finding),
                None => {}
            }
        }
    }

    /// The default of a field as schemars writes it: none if serde would not write the value.
    fn kube_default(&self, pending: &PendingDefault, field: &Field) -> Result<Option<crate::Literal>, Box<Diagnostic>> {
        let values = self.values();
        let at = At {
            ty: Some(&pending.ty),
            own: Some(pending.definition),
            ..At::module(pending.module)
        };
        let value = match &pending.from {
            _ if !pending.exact => None,
            DefaultFrom::Type => values.default_of(&pending.ty, 0),
            DefaultFrom::Function(path) => values.function_named(path, at),
            DefaultFrom::Struct => values
                .default_members(pending.definition, 0)
                .and_then(|members| members.get(&field.name).cloned()),
            DefaultFrom::StructFunction(path) => {
                let function = path.rsplit("::").next().unwrap_or_default();
                let members = values.members_of(pending.definition, pending.module, function, 0);
                members.and_then(|members| members.get(&field.name).cloned())
            }
        };
        let what = match value {
            None if matches!(pending.from, DefaultFrom::Function(_) | DefaultFrom::StructFunction(_)) => {
                "its function is more than a value"
            }
            None => "its `Default` is more than values",
            Some(value) => match skips(field, &value) {
                Some(true) => return Ok(None),
                Some(false) => return Ok(Some(value)),
                None => "only the function behind `skip_serializing_if` knows whether it is written",
            },
        };
        let message = format!(
            "the default of `{}` cannot be known from the source: {what}",
            field.name
        );
        Err(Box::new(Diagnostic::error("unknown-default", pending.span, message).help(
            "write the function's body as one value; or state the default, without effect on the code: `#[cfg_attr(any(), kgen(default = ..))]`, `null` for none",
        )))
    }
}
