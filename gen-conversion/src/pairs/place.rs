//! Ways through fields.

use kgen_model::analysis::unboxed;
use kgen_model::model::FieldLayout;
use kgen_model::{Field, Model, TypeId, TypeRef};

/// A field of a struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) owner: TypeId,
    pub(crate) index: usize,
}

/// One field after the other, from the outside in. Never empty.
pub(crate) type Steps = Vec<At>;

impl At {
    pub(crate) fn field(self, model: &Model) -> &Field {
        &model.ty(self.owner).fields().unwrap_or_default()[self.index]
    }
}

/// The last field of a way.
pub(crate) fn last<'m>(model: &'m Model, steps: &[At]) -> &'m Field {
    steps[steps.len() - 1].field(model)
}

/// The way as a path of documents, such as `.spec.colour`.
pub(crate) fn wire_path(model: &Model, steps: &[At]) -> String {
    let members = steps.iter().map(|at| at.field(model));
    let members = members.filter(|field| field.layout == FieldLayout::Member);
    members.map(|field| format!(".{}", field.wire)).collect()
}

/// The struct that a field holds itself, or behind an option or a box.
pub(crate) fn struct_in(model: &Model, ty: &TypeRef) -> Option<TypeId> {
    match unboxed(unboxed(ty).without_option()) {
        TypeRef::Named(id) => model.ty(*id).fields().map(|_| *id),
        _ => None,
    }
}

/// The way that a path of documents takes from a struct, or the member that is not there and its struct.
pub(crate) fn resolve<'p>(model: &Model, root: TypeId, path: &'p str) -> Result<Steps, (&'p str, Option<TypeId>)> {
    let mut steps = Steps::new();
    let mut owner = Some(root);
    for name in path.trim_start_matches('.').split('.') {
        let inner = owner
            .and_then(|owner| member(model, owner, name))
            .ok_or((name, owner))?;
        steps.extend(inner);
        owner = struct_in(model, &last(model, &steps).ty);
    }
    Ok(steps)
}

/// The way to a member of this name, through flattened fields if need be.
fn member(model: &Model, owner: TypeId, name: &str) -> Option<Steps> {
    let fields = model.ty(owner).fields()?;
    let at = |index| At { owner, index };
    let direct = |field: &Field| field.layout == FieldLayout::Member && field.wire == name;
    if let Some(index) = fields.iter().position(direct) {
        return Some(vec![at(index)]);
    }
    let flattened = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.layout == FieldLayout::Flattened);
    flattened.into_iter().find_map(|(index, field)| {
        let inner = member(model, struct_in(model, &field.ty)?, name)?;
        Some([vec![at(index)], inner].concat())
    })
}
