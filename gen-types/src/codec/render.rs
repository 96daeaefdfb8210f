//! Renders `serde.rs`. Nothing is decided here.

mod empty;
mod enums;
mod parts;
mod structs;
mod unions;

use std::collections::BTreeSet;

use kgen_emit::rust::{Deprecated, module_path, path};
use kgen_emit::{File, Imports, Layout};
use kgen_model::{Model, Shape};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::plan::{CodecPlan, ShapePlan, TypePlan};
use super::{STEM, Subject};
use crate::NAME;

/// The file of one module; none if nothing is read or written there.
pub(crate) fn file(plan: &CodecPlan<'_>, model: &Model, layout: &Layout) -> Option<File> {
    if plan.types.is_empty() {
        return None;
    }
    let mut imports = imports(plan, layout);
    let items: Vec<_> = plan.types.iter().map(|plan| items(plan, &mut imports)).collect();
    let named = members(plan, model);
    let mut members: BTreeSet<_> = named.iter().map(|(ty, member)| (ty.as_str(), *member)).collect();
    plan.types
        .iter()
        .flat_map(TypePlan::values)
        .for_each(|value| value.members(&mut members));
    let deprecated = model.once(Deprecated::of).attribute(&imports, members);
    let uses = imports.uses();
    let head = quote! {
        #![doc = " How the types are read and written."]
        #deprecated
        #uses
    };
    let tokens = std::iter::once(head).chain(items).collect();
    let path = layout.rust_file(plan.module, STEM);
    Some(File::rust(NAME, layout.input(plan.span), path, tokens))
}

/// No imports, but the names that the file defines itself.
fn imports(plan: &CodecPlan<'_>, layout: &Layout) -> Imports {
    let mut imports = Imports::new();
    let module = format!("{}::{STEM}", module_path(&layout.module_of(plan.module)));
    for TypePlan { subject, shape, .. } in &plan.types {
        if !subject.args.is_empty() {
            imports.reserve(&subject.name);
        }
        if let Some(ShapePlan::Struct(strukt)) = shape
            && strukt.parts.is_some()
        {
            imports.define(&format!("{module}::{}", subject.parts()));
        }
    }
    imports
}

fn items(plan: &TypePlan, imports: &mut Imports) -> TokenStream {
    let alias = alias(&plan.subject, imports);
    let ty = name(&plan.subject, imports);
    let empty = plan
        .empty
        .as_ref()
        .map(|empty| empty::implementation(&ty, empty, imports));
    let shape = plan.shape.as_ref().map(|shape| match shape {
        ShapePlan::Struct(strukt) => structs::items(&ty, &plan.subject, strukt, imports),
        ShapePlan::Newtype => TokenStream::new(),
        ShapePlan::Enum(enum_) => enums::implementation(&ty, enum_, imports),
        ShapePlan::Union(union) => unions::implementations(&ty, union, imports),
    });
    let serde = plan
        .shape
        .as_ref()
        .map(|shape| serde(&ty, &plan.subject, shape, imports));
    quote! { #alias #shape #empty #serde }
}

/// The macro takes a name, so that a generic type with its arguments gets one.
fn alias(subject: &Subject, imports: &mut Imports) -> Option<TokenStream> {
    if subject.args.is_empty() {
        return None;
    }
    let (alias, ty) = (kgen_emit::rust::ident(&subject.name), imports.name(&subject.path));
    let args = subject.args.iter().map(|arg| arg.tokens(imports));
    Some(quote! { type #alias = #ty<#(#args),*>; })
}

fn name(subject: &Subject, imports: &mut Imports) -> Ident {
    if subject.args.is_empty() {
        imports.name(&subject.path)
    } else {
        kgen_emit::rust::ident(&subject.name)
    }
}

fn serde(ty: &Ident, subject: &Subject, shape: &ShapePlan, imports: &mut Imports) -> TokenStream {
    let impl_serde = imports.name("kgen::impl_serde");
    let (what, parts) = match shape {
        ShapePlan::Struct(strukt) => {
            let what = if strukt.is_kind {
                quote! { kind }
            } else {
                quote! { struct }
            };
            (
                what,
                strukt.parts.as_ref().map(|_| kgen_emit::rust::ident(&subject.parts())),
            )
        }
        ShapePlan::Newtype => (quote! { newtype }, None),
        ShapePlan::Enum(_) => (quote! { enum }, None),
        ShapePlan::Union(_) => (quote! { union }, None),
    };
    let from = parts.map(|parts| quote! { from #parts });
    quote! { #impl_serde!(#what #ty #from); }
}

/// The fields and variants of the module's own types, with the paths of the types.
fn members<'m>(plan: &CodecPlan<'m>, model: &'m Model) -> Vec<(String, &'m str)> {
    let mut members = Vec::new();
    let is_here = |path: &str| {
        plan.types
            .iter()
            .any(|plan| plan.subject.path == path && plan.shape.is_some())
    };
    for (_, ty) in model.types_in(plan.module).filter(|(_, ty)| is_here(&path(ty))) {
        let names: Vec<&str> = match &ty.shape {
            Shape::Struct(fields) => fields.iter().map(|field| field.name.as_str()).collect(),
            Shape::Enum(def) => def.variants.iter().map(|variant| variant.name.as_str()).collect(),
            Shape::Union(def) => def.variants.iter().map(|variant| variant.name.as_str()).collect(),
            Shape::Newtype(_) => Vec::new(),
        };
        members.extend(names.into_iter().map(|name| (path(ty), name)));
    }
    members
}
