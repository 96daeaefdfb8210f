//! What kube wants to know of kinds: the file `kube.rs` of a module.

use kgen_emit::rust::{Deprecated, Type, ident, path};
use kgen_emit::{File, Imports, Layout, Support};
use kgen_model::analysis::unboxed;
use kgen_model::{Field, Model, Resource, Span, TypeRef};
use proc_macro2::TokenStream;
use quote::quote;

use crate::NAME;

/// What one module gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KubePlan<'m> {
    /// The module of the types.
    pub module: &'m [String],
    /// The kinds in the order of their lines that have a spec or a status.
    pub kinds: Vec<KindPlan<'m>>,
}

/// What one kind gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindPlan<'m> {
    /// The absolute path of its type.
    pub path: String,
    /// Where its type stands.
    pub span: Span,
    /// The Rust name and type of the spec.
    pub spec: Option<(&'m str, Type)>,
    /// The Rust name of the status, and the type in its `Option`. kube knows no other statuses.
    pub status: Option<(&'m str, Type)>,
}

impl KindPlan<'_> {
    /// The fields that code names, with the path of the type.
    fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = [&self.spec, &self.status].into_iter().flatten();
        fields.map(|(field, _)| (self.path.as_str(), *field))
    }
}

/// What one module gets.
#[must_use]
pub fn plan<'m>(model: &'m Model, module: &'m [String]) -> KubePlan<'m> {
    let types = model.types_in(module).filter(|(_, ty)| ty.generates(NAME));
    let kinds = types
        .filter_map(|(id, _)| model.resource_of(id))
        .filter(|resource| resource.kube_derive.is_none())
        .map(|resource| kind(model, resource));
    KubePlan {
        module,
        kinds: kinds
            .filter(|kind| kind.spec.is_some() || kind.status.is_some())
            .collect(),
    }
}

fn kind<'m>(model: &'m Model, resource: &Resource) -> KindPlan<'m> {
    let ty = model.ty(resource.ty);
    let field = |at: Option<usize>| ty.fields()?.get(at?);
    let spec = |field: &'m Field| (field.name.as_str(), Type::of(model, unboxed(&field.ty)));
    let status = |field: &'m Field| match &field.ty {
        TypeRef::Option(inner) => Some((field.name.as_str(), Type::of(model, inner))),
        _ => None,
    };
    KindPlan {
        path: path(ty),
        span: ty.span,
        spec: field(resource.fields.spec).map(spec),
        status: field(resource.fields.status).and_then(status),
    }
}

/// The file of one module; none if kube finds nothing there.
pub(crate) fn file(plan: &KubePlan<'_>, model: &Model, layout: &Layout) -> Option<File> {
    let first = plan.kinds.first()?;
    let mut imports = Imports::new();
    let items: Vec<_> = plan.kinds.iter().map(|kind| items(kind, &mut imports)).collect();
    let named = plan.kinds.iter().flat_map(KindPlan::members);
    let deprecated = model.once(Deprecated::of).attribute(&imports, named);
    let uses = imports.uses();
    let condition = match layout.kube {
        Support::Feature => Some(quote! { #![cfg(feature = "kube")] }),
        Support::Always | Support::Off => None,
    };
    let tokens = quote! {
        #condition
        #![doc = " Where kube finds the spec and the status of the kinds."]
        #deprecated
        #uses
        #(#items)*
    };
    let path = layout.rust_file(plan.module, "kube");
    Some(File::rust(NAME, layout.input(first.span), path, tokens))
}

fn items(plan: &KindPlan<'_>, imports: &mut Imports) -> TokenStream {
    let spec = plan.spec.as_ref().map(|(field, ty)| has_spec(plan, field, ty, imports));
    let status = plan
        .status
        .as_ref()
        .map(|(field, ty)| has_status(plan, field, ty, imports));
    quote! { #spec #status }
}

fn has_spec(plan: &KindPlan<'_>, field: &str, ty: &Type, imports: &mut Imports) -> TokenStream {
    let (has_spec, kind) = (imports.name("kube_core::object::HasSpec"), imports.name(&plan.path));
    let (field, ty) = (ident(field), ty.tokens(imports));
    quote! {
        #[automatically_derived]
        impl #has_spec for #kind {
            type Spec = #ty;

            fn spec(&self) -> &#ty {
                &self.#field
            }

            fn spec_mut(&mut self) -> &mut #ty {
                &mut self.#field
            }
        }
    }
}

fn has_status(plan: &KindPlan<'_>, field: &str, ty: &Type, imports: &mut Imports) -> TokenStream {
    let (has_status, kind) = (imports.name("kube_core::object::HasStatus"), imports.name(&plan.path));
    let (field, ty) = (ident(field), ty.tokens(imports));
    quote! {
        #[automatically_derived]
        impl #has_status for #kind {
            type Status = #ty;

            fn status(&self) -> Option<&#ty> {
                self.#field.as_ref()
            }

            fn status_mut(&mut self) -> &mut Option<#ty> {
                &mut self.#field
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{file, files, model};

    const KINDS: &str = "
        use kgen::k8s::ObjectMeta;
        #[derive(Clone, Debug, kgen::Api)] #[kgen(kind, namespaced)]
        pub struct Order { pub metadata: ObjectMeta, pub spec: Box<Spec>, pub status: Option<Box<Spec>> }
        #[derive(Clone, Debug, kgen::Api)] #[kgen(kind, cluster)]
        pub struct Plain { pub metadata: ObjectMeta, pub spec: Option<Spec>, pub status: Spec }
        #[derive(Clone, Debug, kgen::Api)] #[kgen(kind, cluster)] pub struct Bare { pub metadata: ObjectMeta }
        #[derive(Clone, Debug, kgen::Api)] pub struct Spec {}";

    #[test]
    fn kinds_have_a_spec_and_a_status() {
        insta::assert_snapshot!(file(KINDS, "kube.rs"));
    }

    #[test]
    fn a_status_that_is_always_there_is_none_for_kube() {
        let model = model(KINDS);
        let kinds = plan(&model, model.modules()[0]).kinds;
        let paths: Vec<_> = kinds.iter().map(|kind| kind.path.as_str()).collect();
        assert_eq!(
            (paths, kinds[1].status.as_ref()),
            (vec!["crate::Order", "crate::Plain"], None)
        );
    }

    #[test]
    fn kube_is_named_only_where_it_may_be() {
        let path = "src/generated/kube.rs";
        assert!(!files(KINDS, Support::Off).contains_key(path));
        let always = files(KINDS, Support::Always);
        assert!(always.get(path).is_some_and(|text| !text.contains("cfg(feature")));
    }
}
