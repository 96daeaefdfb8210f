//! How large values can be, as an API server estimates it for the cost of CEL: by their limits, else by what one request
//! can hold. Source: `k8s.io/apiserver/pkg/cel/common/schemas.go`.

use kgen_model::{Facts, Literal, Model, RuleKind, Shape, TypeRef};

use super::{enums, formats};

/// What one request can hold, in bytes.
const REQUEST: u64 = 3 << 20;

/// What is said about one value: at the place that a rule speaks from, and where the value is declared.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said<'f> {
    pub(super) here: Option<&'f Facts>,
    pub(super) there: Option<&'f Facts>,
}

impl<'f> Said<'f> {
    pub(super) fn each(self) -> Option<Self> {
        let there = self.there.and_then(|there| there.each.as_deref());
        let here = self.here.and_then(|here| here.each.as_deref());
        Some(Self { here, there })
    }

    fn rules(self, model: &'f Model, ty: &'f TypeRef) -> impl Iterator<Item = &'f RuleKind> {
        let said = self.here.into_iter().chain(self.there);
        said.chain(of_newtypes(model, ty)).flat_map(Facts::rule_kinds)
    }
}

impl<'f> From<&'f Facts> for Said<'f> {
    fn from(here: &'f Facts) -> Self {
        Self {
            here: Some(here),
            there: None,
        }
    }
}

/// The bytes of a string.
pub(super) fn of_text(model: &Model, ty: &TypeRef, said: Said<'_>) -> u64 {
    let limits = said.rules(model, ty).filter_map(|rule| match rule {
        // A character takes up to four.
        RuleKind::MaxLength(count) | RuleKind::MaxBytes(count) => Some(count.saturating_mul(4)),
        RuleKind::Format(name) => formats::known(name)?.max_length.map(|count| count * 4),
        RuleKind::Enum(values) => values.iter().map(length).max(),
        _ => None,
    });
    let of_type = match model.wire_type(ty) {
        TypeRef::Named(id) => match &model.ty(*id).shape {
            Shape::Enum(enum_) => enums::closed_values(enum_).iter().map(length).max(),
            Shape::Struct(_) | Shape::Newtype(_) | Shape::Union(_) => None,
        },
        _ => None,
    };
    limits.chain(of_type).min().unwrap_or(REQUEST)
}

/// The elements of a list, or the members of a map.
pub(super) fn of_list(model: &Model, ty: &TypeRef, said: Said<'_>) -> u64 {
    let limits = said.rules(model, ty).filter_map(|rule| match rule {
        RuleKind::MaxItems(count) | RuleKind::MaxProperties(count) => Some(*count),
        _ => None,
    });
    let unlimited = match model.wire_type(ty) {
        TypeRef::Array(_, length) => *length,
        TypeRef::Map { .. } => unlimited_map(),
        TypeRef::List(inner) => unlimited_list(matches!(model.wire_type(inner), TypeRef::Int(_) | TypeRef::Float(_))),
        _ => unlimited_list(true),
    };
    limits.min().unwrap_or(unlimited)
}

/// The elements of a list without a limit. Numbers take a digit and a comma, all else more.
pub(super) const fn unlimited_list(of_numbers: bool) -> u64 {
    REQUEST / if of_numbers { 2 } else { 3 }
}

/// The members of a map without a limit.
pub(super) const fn unlimited_map() -> u64 {
    REQUEST / 7
}

/// What it costs to compare two values. Servers take objects for small.
pub(super) fn of_equality(model: &Model, ty: &TypeRef, said: Option<Said<'_>>) -> u64 {
    let said = said.unwrap_or_default();
    match model.wire_type(ty) {
        TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) => 1,
        TypeRef::List(_) | TypeRef::Array(..) | TypeRef::Map { .. } => of_list(model, ty, said) / 10 + 1,
        TypeRef::Named(id) if matches!(model.ty(*id).shape, Shape::Struct(_) | Shape::Union(_)) => 4,
        TypeRef::String | TypeRef::Builtin(_) | TypeRef::Named(_) | TypeRef::Option(_) | TypeRef::Boxed(_) => {
            of_text(model, ty, said) / 10 + 1
        }
    }
}

/// What newtypes around a value say of it.
fn of_newtypes<'m>(model: &'m Model, ty: &'m TypeRef) -> impl Iterator<Item = &'m Facts> {
    let mut next = ty;
    let mut depth = 0;
    std::iter::from_fn(move || {
        loop {
            match next {
                TypeRef::Option(inner) | TypeRef::Boxed(inner) => next = inner,
                TypeRef::Named(id) if depth < 16 => {
                    let def = model.ty(*id);
                    let Shape::Newtype(inner) = &def.shape else { return None };
                    depth += 1;
                    next = inner;
                    return Some(&def.facts);
                }
                _ => return None,
            }
        }
    })
}

fn length(value: &Literal) -> u64 {
    value.as_str().map_or(0, |text| text.len() as u64)
}
