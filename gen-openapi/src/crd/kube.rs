//! kube's `CustomResourceExt`: the definition that a manifest holds, for programs that install it themselves.
//!
//! `crd()` gives the kind's whole definition with all of its versions, so that there is nothing left to merge. It decodes
//! a JSON file, which compiles in no time; building the value in Rust would cost seconds for a schema of some size.

use kgen_emit::{File, Imports, Layout, Support};
use kgen_model::{Model, Resource, Span};
use proc_macro2::TokenStream;
use quote::quote;

use super::NAME;
use super::plan::{groups, names};

/// What one module of the person's crate gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KubePlan<'m> {
    module: &'m [String],
    span: Span,
    kinds: Vec<KindPlan<'m>>,
}

/// One kind in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
struct KindPlan<'m> {
    /// The absolute path of its Rust type.
    ty: String,
    crd_name: String,
    short_names: Vec<&'m str>,
    definition: Definition,
}

/// Where a kind's definition is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Definition {
    /// In a file beside the code.
    Included(String),
    /// With the storage version, whose Rust type this is.
    Shared(String),
}

/// The file of a definition, beside the code of its storage version.
pub(super) fn included(crd_name: &str) -> String {
    format!("{crd_name}.json")
}

/// The modules that hold a version of a kind with a definition, unless kube-derive makes the kind.
pub(super) fn modules(model: &Model) -> Vec<&[String]> {
    let resources = groups(model).into_iter().flatten();
    let resources = resources.filter(|resource| resource.kube_derive.is_none());
    let mut modules: Vec<_> = resources.map(|resource| module(model, resource)).collect();
    modules.sort_unstable();
    modules.dedup();
    modules
}

fn module<'m>(model: &'m Model, resource: &Resource) -> &'m [String] {
    &model.version(resource.version).module
}

/// What one module gets.
pub(super) fn plan_module<'m>(model: &'m Model, of: &'m [String]) -> KubePlan<'m> {
    let mut span = Span::default();
    let mut kinds = Vec::new();
    for resources in groups(model) {
        let (crd_name, crd_names) = names(model, &resources);
        let own = resources.iter().filter(|resource| resource.kube_derive.is_none());
        for resource in own.filter(|resource| module(model, resource) == of) {
            span = model.version(resource.version).span;
            kinds.push(KindPlan {
                ty: rust_path(model, resource),
                crd_name: crd_name.clone(),
                short_names: crd_names.short_names.clone(),
                definition: if resource.ty == resources[0].ty {
                    Definition::Included(included(&crd_name))
                } else {
                    Definition::Shared(rust_path(model, resources[0]))
                },
            });
        }
    }
    KubePlan {
        module: of,
        span,
        kinds,
    }
}

fn rust_path(model: &Model, resource: &Resource) -> String {
    let ty = model.ty(resource.ty);
    format!("{}::{}", ty.module.join("::"), ty.name)
}

/// The Rust file of one module.
pub(super) fn file(plan: &KubePlan<'_>, layout: &Layout) -> File {
    let mut imports = Imports::new();
    let impls: Vec<_> = plan
        .kinds
        .iter()
        .map(|kind| implementation(kind, &mut imports))
        .collect();
    let uses = imports.uses();
    let condition = match layout.kube {
        Support::Feature => Some(quote! { #![cfg(feature = "kube")] }),
        Support::Always | Support::Off => None,
    };
    let tokens = quote! {
        #condition
        #![doc = " The definitions of the kinds, for kube."]
        #uses
        #(#impls)*
    };
    File::rust(
        NAME,
        layout.input(plan.span),
        layout.rust_file(plan.module, NAME),
        tokens,
    )
}

fn implementation(kind: &KindPlan<'_>, imports: &mut Imports) -> TokenStream {
    let ty = imports.name(&kind.ty);
    let ext = imports.name("kube_core::CustomResourceExt");
    let api_resource = imports.name("kube_core::discovery::ApiResource");
    let definition = imports.name(&format!("{APIEXTENSIONS}::CustomResourceDefinition"));
    let body = body(&kind.definition, imports);
    let KindPlan {
        crd_name, short_names, ..
    } = kind;
    quote! {
        #[automatically_derived]
        impl #ext for #ty {
            fn crd() -> #definition {
                #body
            }

            fn crd_name() -> &'static str {
                #crd_name
            }

            fn api_resource() -> #api_resource {
                #api_resource::erase::<Self>(&())
            }

            fn shortnames() -> &'static [&'static str] {
                &[#(#short_names),*]
            }
        }
    }
}

const APIEXTENSIONS: &str = "kgen::k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1";

fn body(definition: &Definition, imports: &mut Imports) -> TokenStream {
    match definition {
        Definition::Included(file) => {
            let serde_json = imports.name("kgen::serde_json");
            quote! { #serde_json::from_str(include_str!(#file)).expect("kgen wrote the definition") }
        }
        Definition::Shared(ty) => {
            let ty = imports.name(ty);
            quote! { #ty::crd() }
        }
    }
}
