//! Renders the implementations of `Validate`. Nothing is decided here.

mod arguments;
mod code;
mod place;
mod steps;

use std::collections::BTreeSet;

use kgen_emit::rust::{Deprecated, Type};
use kgen_emit::{File, Imports, Layout};
use kgen_model::Model;
use kgen_model::analysis::Capability;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::plan::{ImplPlan, Plan};
use code::{block, mentions};
use place::{At, Expr, Old, Path};

/// The file of one module; none if there is nothing to validate.
pub(super) fn file(plan: &Plan<'_>, model: &Model, layout: &Layout) -> Option<File> {
    let first = plan.impls.first()?;
    let mut imports = Imports::new();
    let impls: Vec<_> = plan
        .impls
        .iter()
        .map(|plan| implementation(plan, model, &mut imports))
        .collect();
    let members: BTreeSet<(String, &str)> = plan.members().into_iter().collect();
    let members = members.iter().map(|(ty, name)| (ty.as_str(), *name));
    let deprecated = model.once(Deprecated::of).attribute(&imports, members);
    let uses = imports.uses();
    let head = quote! {
        #deprecated
        #uses
    };
    let tokens = std::iter::once(head).chain(impls).collect();
    let path = layout.rust_file(plan.module, Capability::Validation.word());
    Some(File::rust(
        Capability::Validation.word(),
        layout.input(first.ty.span),
        path,
        tokens,
    ))
}

fn implementation(plan: &ImplPlan<'_>, model: &Model, imports: &mut Imports) -> TokenStream {
    let [validate, operation_type, path_type, errors_type] =
        ["Validate", "Operation", "Path", "Errors"].map(|name| imports.name(&format!("kgen::validation::{name}")));
    let ty = Type::named(model, plan.id).tokens(imports);
    let at = At {
        value: Expr::reference(quote! { self }),
        old: Old::variable(),
        path: Path::variable(),
    };
    let body = block(steps::statements(&plan.steps, &at, imports));
    let [old, operation, path, errors] = ["old", "operation", "path", "errors"].map(|name| argument(name, &body));
    quote! {
        #[automatically_derived]
        impl #validate for #ty {
            fn validate(
                &self,
                #old: Option<&Self>,
                #operation: &#operation_type<'_>,
                #path: &#path_type<'_>,
                #errors: &mut #errors_type,
            ) {
                #body
            }
        }
    }
}

/// An argument, with an underscore if nothing uses it.
fn argument(name: &str, body: &TokenStream) -> Ident {
    if mentions(body, name) {
        format_ident!("{name}")
    } else {
        format_ident!("_{name}")
    }
}
