//! What types are called: in generated code and in schemas.

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::DraftType;
use crate::model::{Model, TypeDef, TypeRef};
use crate::report::{Diagnostic, Report};
use crate::resolve::Resolver;

impl Resolver<'_> {
    /// The module by which generated code names the type.
    pub(super) fn home(&mut self, module: usize, index: usize, draft: &DraftType) -> Vec<String> {
        if let Some(home) = self.scopes.open_home(module, index) {
            return home.to_vec();
        }
        let path = &self.draft.modules[module].path;
        let (name, last) = (&draft.name, path.last().map_or("", String::as_str));
        let message = format!("`{name}` lies in a private module, so generated code cannot reach it");
        self.report
            .push(Diagnostic::error("private-type", draft.span, message).help(format!(
                "write `pub mod {last};`, or export it from the module above: `pub use {last}::{name};`"
            )));
        path.clone()
    }

    pub(super) fn schema_name(
        &self,
        module: usize,
        draft: &DraftType,
        args: &[TypeRef],
        name: Option<String>,
    ) -> String {
        let prefix = match self.version_of[module] {
            Some(version) => self.versions[version.0 as usize].schema_prefix.clone(),
            None => {
                let groups: BTreeSet<&str> = self.versions.iter().map(|version| version.group.as_str()).collect();
                let group = if groups.len() == 1 {
                    groups.first().copied().unwrap_or_default()
                } else {
                    ""
                };
                let modules = self.draft.modules[module].path.iter().skip(1).map(String::as_str);
                let reversed = group.rsplit('.').filter(|label| !label.is_empty());
                reversed.chain(modules).collect::<Vec<_>>().join(".")
            }
        };
        let base = self.name_with(name.unwrap_or_else(|| draft.name.clone()), args);
        if prefix.is_empty() {
            base
        } else {
            format!("{prefix}.{base}")
        }
    }

    pub(in super::super) fn name_with(&self, mut base: String, args: &[TypeRef]) -> String {
        args.iter().for_each(|arg| self.append_name(arg, &mut base));
        base
    }

    fn append_name(&self, arg: &TypeRef, base: &mut String) {
        match arg {
            TypeRef::Named(id) => base.push_str(&self.names[id.0 as usize]),
            TypeRef::Option(inner) | TypeRef::Boxed(inner) => self.append_name(inner, base),
            TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                self.append_name(inner, base);
                base.push_str("List");
            }
            TypeRef::Map { value, .. } => {
                self.append_name(value, base);
                base.push_str("Map");
            }
            TypeRef::Bool => base.push_str("Bool"),
            TypeRef::Int(int) => base.push_str(&format!("{int:?}")),
            TypeRef::Float(float) => base.push_str(&format!("{float:?}")),
            TypeRef::String => base.push_str("String"),
            TypeRef::Builtin(builtin) => base.push_str(&format!("{builtin:?}")),
        }
    }
}

/// No two types may have one name in OpenAPI documents.
pub(in super::super) fn unique_schema_names(model: &Model, report: &mut Report) {
    let mut seen: BTreeMap<&str, &TypeDef> = BTreeMap::new();
    for (_, ty) in model.types() {
        if let Some(first) = seen.insert(&ty.schema_name, ty) {
            report.push(
                Diagnostic::error(
                    "duplicate-name",
                    ty.span,
                    format!("two types are called `{}` in OpenAPI", ty.schema_name),
                )
                .related(first.span, "first here")
                .help("give one of them another name: `#[kgen(name = \"..\")]`"),
            );
        }
    }
}
