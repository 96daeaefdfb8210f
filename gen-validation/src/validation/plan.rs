//! Decides what is checked, and in which order. Nothing is rendered here.
//!
//! The order is that of upstream's validation-gen: what is said of the type, then its fields as declared; at a field
//! first the rules that end it when they fail, then the others by the names of their tags, then the rules of the
//! field's type, then those of keys, values and elements.

mod argument;
mod content;
mod fields;
mod members;
mod named;
mod place;
mod rules;
mod step;

use kgen_model::analysis::Validated;
use kgen_model::{Model, TypeDef, TypeId, TypeRef};

pub use argument::{Argument, Call, Discriminator, Excluded, Key, KeyForm, SetMember, TagText, TextOf, Way};
pub use members::Equal;
pub use step::{Correlation, Function, ItemKey, KeyText, Member, Modes, Step, Takes, Variant, Via};

/// What one module gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'m> {
    /// The module of the types.
    pub module: &'m [String],
    /// The implementations, in the order of the types.
    pub impls: Vec<ImplPlan<'m>>,
}

/// The validation of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct ImplPlan<'m> {
    /// The type.
    pub ty: &'m TypeDef,
    /// Its id.
    pub id: TypeId,
    /// What is done with `self`.
    pub steps: Vec<Step<'m>>,
}

/// What one module gets.
#[must_use]
pub fn plan<'m>(model: &'m Model, module: &'m [String]) -> Plan<'m> {
    let validated = model.once(Validated::of);
    let planner = Planner {
        model,
        validated: &validated,
    };
    let is_wanted = |id, ty: &TypeDef| validated.has(&TypeRef::Named(id)) && ty.is_validated_by_kgen();
    let types = model.types_in(module).filter(|(id, ty)| is_wanted(*id, ty));
    let impls = types.map(|(id, ty)| ImplPlan {
        ty,
        id,
        steps: planner.of_type(id, ty),
    });
    let impls = impls.collect();
    Plan { module, impls }
}

/// What is known while planning.
#[derive(Clone, Copy)]
struct Planner<'m, 'v> {
    model: &'m Model,
    validated: &'v Validated,
}
