//! Fields that are left out when they are empty, which has to be known then.

use std::collections::BTreeSet;

use kgen_emit::rust::{Cost, Value};
use kgen_model::{Diagnostic, Field, Model, Report, Shape, Span, TypeDef, TypeId, TypeRef};

use crate::NAME;
use crate::codec::{Emptiness, EmptyPlan, Test, emptiness, empty_plan, filled};

/// Reports such fields whose type does not tell.
pub(super) fn check(model: &Model, report: &mut Report) {
    for (id, _) in model.source_types().filter(|(_, ty)| ty.generates(NAME)) {
        for field in filled(model, id) {
            if let Some(refusal) = of_type(model, &field.ty, &mut BTreeSet::new()) {
                report.push(diagnostic(field, refusal));
            }
        }
    }
}

/// Why nothing tells.
struct Refusal {
    problem: String,
    at: Option<Span>,
    help: String,
}

impl Refusal {
    fn new(problem: String) -> Self {
        let help = "make it an `Option`: then `None` is what is left out".to_owned();
        Self {
            problem,
            at: None,
            help,
        }
    }
}

fn diagnostic(field: &Field, refusal: Refusal) -> Diagnostic {
    let message = format!("`{}` is left out when it is empty, but {}", field.name, refusal.problem);
    let diagnostic = Diagnostic::error("optional-without-empty", field.span, message).help(refusal.help);
    match refusal.at {
        Some(span) if span != field.span => diagnostic.related(span, "because of this"),
        _ => diagnostic,
    }
}

fn of_type(model: &Model, ty: &TypeRef, seen: &mut BTreeSet<TypeId>) -> Option<Refusal> {
    match emptiness(model, ty) {
        Emptiness::Known => None,
        Emptiness::Unknown => Some(Refusal::new(format!("{} has no empty value", noun(model, ty)))),
        Emptiness::Of(id) if seen.insert(id) => of_named(model, id, seen),
        Emptiness::Of(_) => None,
    }
}

fn noun(model: &Model, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Boxed(inner) => noun(model, inner),
        TypeRef::Named(id) => format!("`{}`", model.ty(*id).name),
        TypeRef::Builtin(builtin) => format!("`{builtin:?}`"),
        _ => "an array".to_owned(),
    }
}

fn of_named(model: &Model, id: TypeId, seen: &mut BTreeSet<TypeId>) -> Option<Refusal> {
    let ty = model.ty(id);
    let refuse = |missing: &str| {
        let mut refusal = Refusal::new(format!("`{}` has no `{missing}`", ty.name));
        refusal.help = format!("derive `{missing}` for `{}`, or make the field an `Option`", ty.name);
        refusal.at = Some(ty.span);
        Some(refusal)
    };
    match empty_plan(model, id) {
        _ if ty.is_by_hand("Empty") => None,
        _ if !ty.generates(NAME) => refuse("Empty"),
        _ if !model.type_has_default(id) => refuse("Default"),
        EmptyPlan::Default | EmptyPlan::Start if !ty.has_trait("PartialEq") => refuse("PartialEq"),
        EmptyPlan::Default | EmptyPlan::Start | EmptyPlan::Variant(_) => None,
        EmptyPlan::Newtype(_) => match &ty.shape {
            Shape::Newtype(inner) => located(of_type(model, inner, seen), ty.span),
            Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => None,
        },
        EmptyPlan::Fields(fields) => fields.iter().find_map(|tested| {
            let field = ty.fields()?.iter().find(|field| field.name == tested.field)?;
            match &tested.test {
                Test::Is(value) => compared(model, ty, field, value),
                Test::Method | Test::Trait => located(of_type(model, &field.ty, seen), field.span),
            }
        }),
    }
}

fn located(refusal: Option<Refusal>, span: Span) -> Option<Refusal> {
    let mut refusal = refusal?;
    refusal.at.get_or_insert(span);
    Some(refusal)
}

/// A declared default that is more than a name or a number is compared by `==`.
fn compared(model: &Model, ty: &TypeDef, field: &Field, value: &Value) -> Option<Refusal> {
    let is_simple = matches!(value.cost(), Cost::Constant | Cost::Default) || matches!(value, Value::Text(_));
    let missing = named(model, &field.ty).filter(|_| !is_simple)?;
    let problem = format!(
        "the default of `{}` in `{}` cannot be compared: `{missing}` has no `PartialEq`",
        field.name, ty.name
    );
    let mut refusal = Refusal::new(problem);
    refusal.help = format!("derive `PartialEq` for `{missing}`, or make the field an `Option`");
    refusal.at = Some(field.span);
    Some(refusal)
}

/// A type of the crate in this one that cannot be compared.
fn named<'m>(model: &'m Model, ty: &TypeRef) -> Option<&'m str> {
    match ty {
        TypeRef::Named(id) => Some(model.ty(*id))
            .filter(|ty| !ty.has_trait("PartialEq"))
            .map(|ty| ty.name.as_str()),
        TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
            named(model, inner)
        }
        TypeRef::Map { key, value, .. } => named(model, key).or_else(|| named(model, value)),
        TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String | TypeRef::Builtin(_) => None,
    }
}
