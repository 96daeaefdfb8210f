//! The fields of a struct, by direction.

use kgen_emit::rust::{Value, path};
use kgen_model::analysis::unboxed;
use kgen_model::model::{FieldLayout, Origin};
use kgen_model::{Field, Model, TypeId, TypeRef};

use super::{Call, Fill, KeptPlan, Placed, Side, StructPlan, Taken, Way, When, function};
use crate::pairs::{At, By, FieldLink, How, Kept, StructLink, is_optional, last};

pub(super) fn plan(model: &Model, link: &StructLink, target: TypeId, side: Side) -> StructPlan {
    let functions = functions(link);
    let mut plan = StructPlan {
        function: link.function.as_deref().map(function),
        ..StructPlan::default()
    };
    for field in &link.fields {
        if let By::Function(path) = &field.by {
            plan.calls.push(call(model, field, path, side, &functions));
        }
    }
    for moved in &link.moved {
        add_move(model, moved, side, &functions, &mut plan);
    }
    for kept in &link.kept {
        add_kept(model, kept, side, &functions, &mut plan);
    }
    let filler = Filler {
        model,
        link,
        side,
        of_function: match side {
            Side::ToHub => &link.of_function.1,
            Side::FromHub => &link.of_function.0,
        },
    };
    let placed_whole = plan.placed.iter().filter(|placed| is_whole(placed)).cloned();
    let placed_whole: Vec<Placed> = placed_whole.collect();
    plan.placed.retain(|placed| !is_whole(placed));
    plan.fields = filler.fields(target, &[], &placed_whole);
    plan
}

/// A value that is a field of the target itself stands in the literal.
fn is_whole(placed: &Placed) -> bool {
    placed.to.0.len() == 1 && !placed.is_option
}

/// The ends of a link, from where to where.
fn ends(link: &FieldLink, side: Side) -> (&[At], &[At]) {
    match side {
        Side::ToHub => (&link.version, &link.hub),
        Side::FromHub => (&link.hub, &link.version),
    }
}

fn call(model: &Model, link: &FieldLink, path: &str, side: Side, functions: &[&str]) -> Call {
    let (from, to) = ends(link, side);
    Call {
        function: function(path),
        local: local(model, to, functions),
        from: way(model, from),
        name: last(model, from).wire.clone(),
    }
}

fn add_move(model: &Model, link: &FieldLink, side: Side, functions: &[&str], plan: &mut StructPlan) {
    let (from, to) = ends(link, side);
    let (source, target) = (last(model, from), last(model, to));
    let local = local(model, to, functions);
    let mut is_option = false;
    match &link.by {
        By::Function(path) => plan.calls.push(call(model, link, path, side, functions)),
        By::Types { to_hub, from_hub, .. } => {
            let from = way(model, from);
            is_option = from.is_optional();
            plan.taken.push(Taken {
                local: local.clone(),
                from,
                how: match side {
                    Side::ToHub => to_hub.clone(),
                    Side::FromHub => from_hub.clone(),
                },
                name: source.wire.clone(),
            });
        }
    }
    let to = way(model, to);
    plan.placed.push(Placed {
        when: when(model, &to, &target.ty),
        local,
        to,
        is_option,
    });
}

/// What would have to be made on the way is made only for what says something.
fn when(model: &Model, to: &Way, ty: &TypeRef) -> When {
    if !to.is_optional() {
        When::Always
    } else if ty.is_option() {
        When::Some
    } else if is_comparable(model, ty) {
        When::Filled
    } else {
        When::Always
    }
}

fn is_comparable(model: &Model, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String | TypeRef::Builtin(_) => true,
        TypeRef::Named(id) => {
            let ty = model.ty(*id);
            ty.origin == Origin::Kubernetes || ty.has_trait("PartialEq")
        }
        TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
            is_comparable(model, inner)
        }
        TypeRef::Map { key, value, .. } => is_comparable(model, key) && is_comparable(model, value),
    }
}

fn add_kept(model: &Model, kept: &Kept, side: Side, functions: &[&str], plan: &mut StructPlan) {
    let field = last(model, &kept.steps);
    let (local, way) = (local(model, &kept.steps, functions), way(model, &kept.steps));
    let goes_out = kept.is_of_hub == (side == Side::FromHub);
    if goes_out {
        plan.kept.push(KeptPlan {
            local: local.clone(),
            is_option: way.is_optional(),
            key: kept.key.clone(),
            usual: absent(model, field),
        });
        plan.taken.push(Taken {
            local,
            from: way,
            how: How::Move,
            name: field.wire.clone(),
        });
    } else {
        plan.restored.push((local.clone(), kept.key.clone()));
        plan.placed.push(Placed {
            local,
            to: way,
            is_option: true,
            when: When::Always,
        });
    }
}

struct Filler<'a> {
    model: &'a Model,
    link: &'a StructLink,
    side: Side,
    /// The fields of the target that a person's own function converts.
    of_function: &'a [usize],
}

impl Filler<'_> {
    /// The fields of the target, or of a flattened struct in it.
    fn fields(&self, owner: TypeId, above: &[At], whole: &[Placed]) -> Vec<(String, Fill)> {
        let fields = self.model.ty(owner).fields().unwrap_or_default();
        let fill = |(index, field): (usize, &Field)| {
            let steps = [above, &[At { owner, index }]].concat();
            (field.name.clone(), self.fill(field, &steps, whole))
        };
        fields.iter().enumerate().map(fill).collect()
    }

    fn fill(&self, field: &Field, steps: &[At], whole: &[Placed]) -> Fill {
        if steps.len() == 1 && self.of_function.contains(&steps[0].index) {
            return Fill::Function;
        }
        let name = |placed: &&Placed| steps.len() == 1 && placed.to.0[0].0 == field.name;
        if let Some(placed) = whole.iter().find(name) {
            return Fill::Local(placed.local.clone());
        }
        let links = self.link.fields.iter().map(|link| (link, ends(link, self.side)));
        let mut links = links.filter(|(_, (_, to))| to.starts_with(steps));
        match links.next() {
            Some((link, (from, to))) if to.len() == steps.len() => self.source_of(link, from, steps),
            Some(_) => self.flattened(field, steps, whole),
            None => Fill::Value(absent(self.model, field)),
        }
    }

    fn source_of(&self, link: &FieldLink, from: &[At], steps: &[At]) -> Fill {
        match &link.by {
            By::Function(_) => Fill::Local(local(self.model, steps, &functions(self.link))),
            By::Types { to_hub, from_hub, .. } => Fill::Source {
                way: from.iter().map(|at| at.field(self.model).name.clone()).collect(),
                how: match self.side {
                    Side::ToHub => to_hub.clone(),
                    Side::FromHub => from_hub.clone(),
                },
                name: last(self.model, from).wire.clone(),
            },
        }
    }

    fn flattened(&self, field: &Field, steps: &[At], whole: &[Placed]) -> Fill {
        match &field.ty {
            TypeRef::Named(id) => Fill::Struct(path(self.model.ty(*id)), self.fields(*id, steps, whole)),
            _ => Fill::Value(absent(self.model, field)),
        }
    }
}

/// What a field holds that is absent.
fn absent(model: &Model, field: &Field) -> Value {
    if field.ty.is_option() {
        return Value::None;
    }
    if field.layout == FieldLayout::Skipped {
        return Value::Default;
    }
    let declared = model.default_of(field);
    let declared = declared.and_then(|default| Value::of(model, &field.ty, default).ok());
    let usual = || match unboxed(&field.ty) {
        TypeRef::Bool => Value::Bool(false),
        TypeRef::Int(_) => Value::Int(0),
        TypeRef::String => Value::Text(String::new()),
        TypeRef::List(_) => Value::List(Vec::new()),
        _ => Value::Default,
    };
    let usual = || {
        if matches!(field.ty, TypeRef::Boxed(_)) {
            Value::Default
        } else {
            usual()
        }
    };
    declared
        .or_else(|| Value::start_of(model, &field.ty))
        .unwrap_or_else(usual)
}

fn way(model: &Model, steps: &[At]) -> Way {
    let step = |at: &At| (at.field(model).name.clone(), is_optional(model, *at));
    Way(steps.iter().map(step).collect())
}

/// A variable that is called like the fields on its way, but not like anything else in the function.
fn local(model: &Model, steps: &[At], functions: &[&str]) -> String {
    let names: Vec<&str> = steps.iter().map(|at| at.field(model).name.as_str()).collect();
    let name = names.join("_");
    if TAKEN.contains(&name.as_str()) || functions.contains(&name.as_str()) {
        format!("{name}_value")
    } else {
        name
    }
}

/// What generated code calls its own variables and the functions of the runtime, and what can be no variable.
const TAKEN: &[&str] = &[
    "array",
    "at",
    "crate",
    "field",
    "filled",
    "from_text",
    "is_default",
    "keep",
    "list",
    "map",
    "quantity",
    "restore",
    "self",
    "source",
    "super",
    "take",
    "target",
    "to_text",
];

/// The names of a person's own functions.
fn functions(link: &StructLink) -> Vec<&str> {
    let of_fields = link.fields.iter().chain(&link.moved).filter_map(|link| match &link.by {
        By::Function(path) => Some(path),
        By::Types { .. } => None,
    });
    let paths = link.function.iter().chain(of_fields);
    paths.filter_map(|path| path.rsplit("::").next()).collect()
}
