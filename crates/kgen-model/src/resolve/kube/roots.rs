//! The definitions of the objects that kube-derive makes, as schemars would read them.

use super::super::Resolver;
use super::arguments::Arguments;
use super::schemas::title_and_description;
use super::types::{Looking, Params};
use super::{Spec, rules, type_text};
use crate::draft::{DraftType, DraftTypeRef};
use crate::expr::Expr;
use crate::facts::{CelRule, Facts};
use crate::report::Diagnostic;
use crate::schemars::{About, Body, Checks, Definition, DefinitionId, Field, Members, Type};
use crate::span::Span;

impl Resolver<'_> {
    /// Reads the definitions of all kinds of kube-derive.
    pub(in crate::resolve) fn kube_definitions(&mut self) {
        for at in 0..self.kube.specs.len() {
            let spec = self.kube.specs[at].clone();
            let draft = self.scopes.ty(spec.module, spec.index);
            let inner = self.definition(spec.module, spec.index, Vec::new());
            let root = self.root_definition(&spec, draft, inner);
            let id = DefinitionId(u32::try_from(self.kube.definitions.len()).unwrap_or(u32::MAX));
            self.kube.definitions.push(Some(root));
            self.kube.homes.push((usize::MAX, usize::MAX));
            self.kube.specs[at].root = Some(id);
        }
        self.kube_defaults();
    }

    /// The definition of the struct that kube-derive makes.
    fn root_definition(&mut self, spec: &Spec, draft: &DraftType, inner: DefinitionId) -> Definition {
        let arguments = &spec.arguments;
        let docs = arguments
            .doc
            .clone()
            .unwrap_or_else(|| format!("Auto-generated derived type for {} via `CustomResource`", draft.name));
        let (title, description) = title_and_description(&docs);
        let mut unknown = Vec::new();
        let mut fields = vec![Field {
            flatten: arguments.no_spec,
            ..member("spec", Type::Defined(inner), draft.span)
        }];
        if let Some(status) = status_type(arguments) {
            let params = Params::new();
            let mut looking = Looking {
                module: spec.module,
                params: &params,
                unknown: &mut unknown,
                depth: 0,
            };
            let ty = self.schema_type(&status, &mut looking);
            fields.push(member("status", Type::Option(Box::new(ty)), status.span));
        }
        Definition {
            name: arguments.root.clone(),
            about: About {
                title,
                description,
                ..About::default()
            },
            body: Body::Struct(Members { fields, closed: false }),
            transparent: false,
            rules: self.root_rules(spec, &mut unknown),
            stated: Facts::default(),
            span: draft.span,
            unknown,
        }
    }

    fn root_rules(&self, spec: &Spec, unknown: &mut Vec<Diagnostic>) -> Vec<CelRule> {
        let constant = |expr: &Expr| self.constant(spec.module, expr)?.as_str().map(str::to_owned);
        let mut found = Vec::new();
        for expr in &spec.arguments.rules {
            match rules::rule(expr, &constant) {
                Some(rule) => found.push(rule),
                None => unknown.push(
                    Diagnostic::error("unknown-schema", expr.span, "this rule is none that kgen can read")
                        .help("write `Rule::new(\"..\")` with kube's methods, or a string"),
                ),
            }
        }
        found
    }

    /// The definitions, for the model.
    pub(in crate::resolve) fn take_definitions(&mut self) -> Vec<Definition> {
        let definitions = std::mem::take(&mut self.kube.definitions);
        definitions.into_iter().flatten().collect()
    }
}

pub(super) fn status_type(arguments: &Arguments) -> Option<DraftTypeRef> {
    let (text, span) = arguments.status.as_ref()?;
    type_text::parse(text, *span)
}

fn member(name: &str, ty: Type, span: Span) -> Field {
    Field {
        name: name.to_owned(),
        wire: name.to_owned(),
        ty,
        about: About::default(),
        checks: Checks::default(),
        required: false,
        defaulted: false,
        flatten: false,
        default: None,
        skip_if: None,
        read_only: false,
        rules: Vec::new(),
        merge: None,
        stated: Facts::default(),
        span,
    }
}
