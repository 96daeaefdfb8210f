//! What kinds are: the file `resources.rs` of a module, with the traits of k8s-openapi and lists.

use kgen_emit::rust::{Deprecated, ident, path};
use kgen_emit::{File, Imports, Layout};
use kgen_model::model::Scope;
use kgen_model::{Model, Resource, Span};
use proc_macro2::TokenStream;
use quote::quote;

use crate::NAME;

/// What one module gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourcesPlan<'m> {
    /// The module of the types.
    pub module: &'m [String],
    /// The kinds in the order of their lines.
    pub kinds: Vec<KindPlan<'m>>,
}

/// What one kind gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindPlan<'m> {
    /// The absolute path of its type.
    pub path: String,
    /// Where its type stands.
    pub span: Span,
    /// The kind.
    pub kind: &'m str,
    /// The group; empty for the core group.
    pub group: &'m str,
    /// The version.
    pub version: &'m str,
    /// `group/version`
    pub api_version: String,
    /// The resource, or the subresource whose body it is.
    pub segment: &'m str,
    /// The name of the scope's type.
    pub scope: &'static str,
    /// The Rust name of the field that holds the metadata.
    pub metadata: &'m str,
    /// Its lists; nothing for what is no resource of its own.
    pub list: Option<ListPlan<'m>>,
}

/// Lists of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPlan<'m> {
    /// The kind of lists.
    pub kind: &'m str,
    /// The Rust name, where other crates see the type: for one crate alone it might remain unused.
    pub name: Option<String>,
    /// What is in them, in words.
    pub items: &'m str,
}

/// What one module gets.
#[must_use]
pub fn plan<'m>(model: &'m Model, module: &'m [String]) -> ResourcesPlan<'m> {
    let types = model.types_in(module).filter(|(_, ty)| ty.generates(NAME));
    let resources = types.filter_map(|(id, _)| model.resource_of(id));
    let resources = resources.filter(|resource| resource.kube_derive.is_none());
    ResourcesPlan {
        module,
        kinds: resources.filter_map(|resource| kind(model, resource)).collect(),
    }
}

fn kind<'m>(model: &'m Model, resource: &'m Resource) -> Option<KindPlan<'m>> {
    let (ty, version) = (model.ty(resource.ty), model.version(resource.version));
    let subresource = resource.subresources.is.as_deref();
    let list = subresource.is_none().then(|| ListPlan {
        kind: &resource.list_kind,
        name: ty.exported.then(|| format!("{}List", ty.name)),
        items: &resource.plural,
    });
    Some(KindPlan {
        path: path(ty),
        span: ty.span,
        kind: &resource.kind,
        group: &version.group,
        version: &version.version,
        api_version: version.api_version(),
        segment: subresource.map_or(&resource.plural, |path| path.trim_start_matches('/')),
        scope: match (subresource, resource.scope) {
            (Some(_), _) => "kgen::k8s_openapi::SubResourceScope",
            (None, Scope::Namespaced) => "kgen::k8s::NamespaceResourceScope",
            (None, Scope::Cluster) => "kgen::k8s::ClusterResourceScope",
        },
        metadata: &ty.fields()?.get(resource.fields.metadata)?.name,
        list,
    })
}

/// The file of one module; none if it has no kinds.
pub(crate) fn file(plan: &ResourcesPlan<'_>, model: &Model, layout: &Layout) -> Option<File> {
    let first = plan.kinds.first()?;
    let mut imports = Imports::new();
    let lists = plan.kinds.iter().filter_map(|kind| kind.list.as_ref());
    lists
        .filter_map(|list| list.name.as_ref())
        .for_each(|name| imports.reserve(name));
    let items: Vec<_> = plan.kinds.iter().map(|kind| items(kind, &mut imports)).collect();
    let members = plan.kinds.iter().map(|kind| (kind.path.as_str(), kind.metadata));
    let deprecated = model.once(Deprecated::of).attribute(&imports, members);
    let uses = imports.uses();
    let tokens = quote! {
        #![doc = " What the kinds are called, and their lists."]
        #deprecated
        #uses
        #(#items)*
    };
    let path = layout.rust_file(plan.module, "resources");
    Some(File::rust(NAME, layout.input(first.span), path, tokens))
}

fn items(plan: &KindPlan<'_>, imports: &mut Imports) -> TokenStream {
    let alias = plan.list.as_ref().and_then(|list| alias(plan, list, imports));
    let resource = resource(plan, imports);
    let listable = plan.list.as_ref().map(|list| listable(plan, list, imports));
    let metadata = metadata(plan, imports);
    quote! { #alias #resource #listable #metadata }
}

fn alias(plan: &KindPlan<'_>, list: &ListPlan<'_>, imports: &mut Imports) -> Option<TokenStream> {
    let name = ident(list.name.as_ref()?);
    let docs = format!(" A list of {}.", list.items);
    let (ty, generic) = (imports.name(&plan.path), imports.name("kgen::k8s::List"));
    Some(quote! {
        #[doc = #docs]
        pub type #name = #generic<#ty>;
    })
}

fn resource(plan: &KindPlan<'_>, imports: &mut Imports) -> TokenStream {
    let [resource, ty, scope] = ["kgen::k8s::Resource", &plan.path, plan.scope].map(|path| imports.name(path));
    let KindPlan {
        api_version,
        group,
        kind,
        version,
        segment,
        ..
    } = plan;
    quote! {
        #[automatically_derived]
        impl #resource for #ty {
            const API_VERSION: &'static str = #api_version;
            const GROUP: &'static str = #group;
            const KIND: &'static str = #kind;
            const VERSION: &'static str = #version;
            const URL_PATH_SEGMENT: &'static str = #segment;
            type Scope = #scope;
        }
    }
}

fn listable(plan: &KindPlan<'_>, list: &ListPlan<'_>, imports: &mut Imports) -> TokenStream {
    let (listable, ty) = (imports.name("kgen::k8s::ListableResource"), imports.name(&plan.path));
    let kind = list.kind;
    quote! {
        #[automatically_derived]
        impl #listable for #ty {
            const LIST_KIND: &'static str = #kind;
        }
    }
}

fn metadata(plan: &KindPlan<'_>, imports: &mut Imports) -> TokenStream {
    let paths = ["kgen::k8s::Metadata", &plan.path, "kgen::k8s::ObjectMeta"];
    let [metadata, ty, object_meta] = paths.map(|path| imports.name(path));
    let field = ident(plan.metadata);
    quote! {
        #[automatically_derived]
        impl #metadata for #ty {
            type Ty = #object_meta;

            fn metadata(&self) -> &#object_meta {
                &self.#field
            }

            fn metadata_mut(&mut self) -> &mut #object_meta {
                &mut self.#field
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{file, model};

    const KINDS: &str = "
        use kgen::k8s::ObjectMeta;
        #[derive(Clone, Debug, kgen::Api)] #[kgen(kind, namespaced)] pub struct Order { pub metadata: ObjectMeta }
        #[derive(Clone, Debug, kgen::Api)] #[kgen(kind = \"HTTPRoute\", cluster, list_kind = \"Routes\")]
        pub(crate) struct Route { #[kgen(name = \"metadata\")] pub(crate) r#type: ObjectMeta }
        #[derive(Clone, Debug, kgen::Api)] #[kgen(kind, namespaced, is_subresource = \"/scale\")]
        pub struct Scale { pub metadata: ObjectMeta }
        #[derive(Clone, Debug, kgen::Api)] pub struct Part {}";

    #[test]
    fn kinds_are_resources_with_lists() {
        insta::assert_snapshot!(file(KINDS, "resources.rs"));
    }

    #[test]
    fn what_a_subresource_holds_has_no_lists() {
        let model = model(KINDS);
        let kinds = plan(&model, model.modules()[0]).kinds;
        let lists: Vec<_> = kinds
            .iter()
            .map(|kind| kind.list.as_ref().map(|list| (list.kind, list.name.as_deref())))
            .collect();
        assert_eq!(
            lists,
            [Some(("OrderList", Some("OrderList"))), Some(("Routes", None)), None]
        );
        assert_eq!(
            (kinds[2].segment, kinds[2].scope),
            ("scale", "kgen::k8s_openapi::SubResourceScope")
        );
    }

    #[test]
    fn without_kinds_there_is_no_file() {
        assert_eq!(file("#[derive(kgen::Api)] pub struct A {}", "resources.rs"), "");
    }
}
