//! What can only be said of a struct once all types are resolved: which members stand beside one another.

use std::collections::BTreeMap;

use crate::model::{Builtin, Field, FieldLayout, Model, Origin, Shape, TypeDef, TypeRef, UnionRepr};
use crate::report::{Diagnostic, Report};
use crate::span::Span;

/// How deep structs may be flattened into one another. More is a circle.
const DEEPEST: usize = 32;

/// Checks the members of each struct, flattened ones included.
pub(super) fn check(model: &Model, report: &mut Report) {
    for (_, ty) in model.source_types().filter(|(_, ty)| ty.origin == Origin::Source) {
        let Some(fields) = ty.fields() else { continue };
        let mut members = Members {
            model,
            seen: BTreeMap::new(),
            report,
        };
        for field in fields {
            members.field(ty, field);
        }
    }
}

struct Members<'m, 'r> {
    model: &'m Model,
    /// The members so far, with the field of this struct that brings them.
    seen: BTreeMap<&'m str, &'m Field>,
    report: &'r mut Report,
}

impl<'m> Members<'m, '_> {
    fn field(&mut self, ty: &TypeDef, field: &'m Field) {
        match field.layout {
            FieldLayout::Skipped => {}
            FieldLayout::Member => self.member(field, &field.wire),
            FieldLayout::Flattened => {
                let mut names = Vec::new();
                match flattened(self.model, &field.ty, &mut names, 0) {
                    Ok(()) => names.into_iter().for_each(|name| self.member(field, name)),
                    Err(Fault::NoMembers) => self.no_members(field),
                    Err(Fault::Circle) => self.circle(ty, field.span),
                }
            }
        }
    }

    fn member(&mut self, field: &'m Field, name: &'m str) {
        if name.is_empty() {
            let message = format!("the name of `{}` in JSON is empty", field.name);
            self.report
                .push(Diagnostic::error("bad-name", field.span, message).help("write a name, or take `name` away"));
        }
        if let Some(first) = self.seen.insert(name, field) {
            self.report.push(
                Diagnostic::error(
                    "duplicate-name",
                    field.span,
                    format!("two fields are called `{name}` in JSON"),
                )
                .related(first.span, "first here")
                .help("give one of them another name: `name = \"..\"`"),
            );
        }
    }

    fn no_members(&mut self, field: &Field) {
        let message = format!("`{}` is flattened but has no members", field.name);
        self.report.push(
            Diagnostic::error("unsupported-type", field.span, message)
                .help("structs and enums with data can be flattened; take `flatten` away"),
        );
    }

    fn circle(&mut self, ty: &TypeDef, span: Span) {
        let message = format!("`{}` is flattened into itself", ty.name);
        self.report
            .push(Diagnostic::error("unsupported-type", span, message).help("take `flatten` away"));
    }
}

enum Fault {
    NoMembers,
    Circle,
}

/// The names that a flattened value brings. Those of maps and of any JSON are not known.
fn flattened<'m>(model: &'m Model, ty: &'m TypeRef, names: &mut Vec<&'m str>, depth: usize) -> Result<(), Fault> {
    if depth > DEEPEST {
        return Err(Fault::Circle);
    }
    let id = match model.wire_type(ty) {
        TypeRef::Named(id) => *id,
        TypeRef::Map { .. } | TypeRef::Builtin(Builtin::Json | Builtin::RawExtension | Builtin::EmbeddedObject) => {
            return Ok(());
        }
        _ => return Err(Fault::NoMembers),
    };
    match &model.ty(id).shape {
        Shape::Struct(fields) => {
            for field in fields {
                match field.layout {
                    FieldLayout::Member => names.push(&field.wire),
                    FieldLayout::Flattened => flattened(model, &field.ty, names, depth + 1)?,
                    FieldLayout::Skipped => {}
                }
            }
        }
        Shape::Union(union) => match &union.repr {
            UnionRepr::External => names.extend(union.variants.iter().map(|variant| variant.wire.as_str())),
            UnionRepr::Discriminated { tag } => {
                names.push(tag);
                let carrying = union.variants.iter().filter(|variant| variant.ty.is_some());
                names.extend(carrying.map(|variant| variant.wire.as_str()));
            }
            UnionRepr::Adjacent { tag, content } => names.extend([tag.as_str(), content.as_str()]),
            // Variants may share the names of their members.
            UnionRepr::Internal { tag } => names.push(tag),
            UnionRepr::Untagged => {}
        },
        Shape::Enum(_) => return Err(Fault::NoMembers),
        Shape::Newtype(_) => {}
    }
    Ok(())
}
