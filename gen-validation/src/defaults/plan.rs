//! Decides what is set, and in which order. Nothing is rendered here.

use kgen_emit::rust::{Value, module_path, path};
use kgen_model::analysis::Defaulted;
use kgen_model::model::FieldLayout;
use kgen_model::{Field, Model, Shape, TypeDef, TypeId, TypeRef};

use super::imposed::{Imposed, imposed};

/// What one module gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'m> {
    /// The module of the types.
    pub module: &'m [String],
    /// The implementations, in the order of the types.
    pub impls: Vec<ImplPlan<'m>>,
}

/// The defaulting of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct ImplPlan<'m> {
    /// The type.
    pub ty: &'m TypeDef,
    /// Its id.
    pub id: TypeId,
    /// A person's own function, which runs first.
    pub function: Option<Function>,
    /// What is set then.
    pub body: Body<'m>,
}

/// A person's own function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The absolute path of what is imported: the function, or the type that it belongs to.
    pub import: String,
    /// The function's name, if it belongs to a type.
    pub of_type: Option<String>,
}

/// What is set of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Body<'m> {
    /// These fields, in the order of declaration; a newtype has the field `0`.
    Fields(Vec<FieldPlan<'m>>),
    /// What is below the variants. Empty if there is nothing to set in any of them.
    Variants(Vec<VariantPlan<'m>>),
}

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldPlan<'m> {
    /// The Rust name without `r#`, or `0`.
    pub name: &'m str,
    /// The value that is set if there is none.
    pub value: Option<Value>,
    /// Whether the type is an `Option`.
    pub is_option: bool,
    /// What is set in it, before its own type sets anything.
    pub imposed: Vec<Imposed<'m>>,
    /// Whether there is something to set below.
    pub below: bool,
}

/// A variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantPlan<'m> {
    /// The Rust name, without `r#`.
    pub name: &'m str,
    /// Whether it holds anything.
    pub holds: bool,
    /// Whether there is something to set below.
    pub below: bool,
}

/// What one module gets.
#[must_use]
pub fn plan<'m>(model: &'m Model, module: &'m [String]) -> Plan<'m> {
    let defaulted = model.once(Defaulted::of);
    let is_wanted = |id, ty: &TypeDef| defaulted.has(&TypeRef::Named(id)) && ty.is_defaulted_by_kgen();
    let types = model.types_in(module).filter(|(id, ty)| is_wanted(*id, ty));
    let impls = types.map(|(id, ty)| ImplPlan {
        ty,
        id,
        function: ty.default_with.as_deref().map(function),
        body: body(model, &defaulted, ty),
    });
    Plan {
        module,
        impls: impls.collect(),
    }
}

impl<'m> Plan<'m> {
    /// The fields and variants that the code names, with the paths of their types.
    pub(super) fn members(&self) -> Vec<(String, &'m str)> {
        let of_impl = |plan: &ImplPlan<'m>| {
            let path = path(plan.ty);
            let own = |name| (path.clone(), name);
            let members: Vec<(String, &str)> = match &plan.body {
                Body::Fields(fields) => {
                    let imposed = fields.iter().flat_map(|field| &field.imposed);
                    let imposed = imposed.map(|imposed| (imposed.owner.clone(), imposed.member));
                    fields.iter().map(|field| own(field.name)).chain(imposed).collect()
                }
                Body::Variants(variants) => variants.iter().map(|variant| own(variant.name)).collect(),
            };
            members
        };
        self.impls.iter().flat_map(of_impl).collect()
    }

    /// The values that are set.
    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        let fields = self.impls.iter().filter_map(|plan| match &plan.body {
            Body::Fields(fields) => Some(fields),
            Body::Variants(_) => None,
        });
        fields.flatten().flat_map(|field| {
            let imposed = field.imposed.iter().map(|imposed| &imposed.value);
            field.value.iter().chain(imposed)
        })
    }
}

/// `crate::v1::Order::complete` belongs to a type, as its capital says.
fn function(path: &str) -> Function {
    let segments: Vec<String> = path.split("::").map(str::to_owned).collect();
    match segments.as_slice() {
        [ty @ .., name] if ty.last().is_some_and(|last| last.starts_with(char::is_uppercase)) => Function {
            import: module_path(ty),
            of_type: Some(name.clone()),
        },
        segments => Function {
            import: module_path(segments),
            of_type: None,
        },
    }
}

fn body<'m>(model: &'m Model, defaulted: &Defaulted, ty: &'m TypeDef) -> Body<'m> {
    match &ty.shape {
        Shape::Struct(fields) => {
            let members = fields.iter().filter(|field| field.layout != FieldLayout::Skipped);
            let plans = members.map(|field| field_plan(model, defaulted, field));
            let is_set = |field: &FieldPlan<'_>| field.below || field.value.is_some() || !field.imposed.is_empty();
            Body::Fields(plans.filter(is_set).collect())
        }
        Shape::Newtype(inner) => {
            let content = FieldPlan {
                name: ty.newtype_field(),
                value: None,
                is_option: inner.is_option(),
                imposed: Vec::new(),
                below: true,
            };
            Body::Fields(Some(content).filter(|_| defaulted.has(inner)).into_iter().collect())
        }
        Shape::Enum(_) => Body::Variants(Vec::new()),
        Shape::Union(union) => {
            let variants = union.variants.iter().map(|variant| VariantPlan {
                name: &variant.name,
                holds: variant.ty.is_some(),
                below: variant.ty.as_ref().is_some_and(|ty| defaulted.has(ty)),
            });
            let variants: Vec<_> = variants.collect();
            let any = variants.iter().any(|variant| variant.below);
            Body::Variants(if any { variants } else { Vec::new() })
        }
    }
}

fn field_plan<'m>(model: &'m Model, defaulted: &Defaulted, field: &'m Field) -> FieldPlan<'m> {
    // What makes no value was refused.
    let value = model
        .default_to_set(field)
        .and_then(|literal| Value::of(model, field.ty.without_option(), literal).ok());
    FieldPlan {
        name: &field.name,
        value,
        is_option: field.ty.is_option(),
        imposed: imposed(model, field)
            .into_iter()
            .filter_map(|(_, imposed)| imposed.ok())
            .collect(),
        below: defaulted.has(&field.ty),
    }
}
