//! Renders what is handed to a server. Nothing is decided here.

use kgen_emit::rust::ident;
use kgen_emit::{File, Imports, Layout};
use proc_macro2::TokenStream;
use quote::quote;

use super::NAME;
use super::plan::Plan;

/// The file beside that of the scheme.
pub(super) fn file(plan: &Plan<'_>, layout: &Layout) -> File {
    let mut imports = Imports::new();
    imports.reserve("api");
    let (api, scheme) = (imports.name("kgen_apiserver::Api"), imports.name(&plan.scheme));
    let condition = plan.is_feature.then(|| quote! { #![cfg(feature = "server")] });
    let swagger = plan
        .swagger
        .iter()
        .map(|file| quote! { .openapi_v2(include_bytes!(#file)) });
    let documents = plan.documents.iter().map(|document| {
        let (path, file) = (&document.path, &document.file);
        quote! { .openapi_v3(#path, include_bytes!(#file)) }
    });
    let features = plan.features.iter().map(|feature| quote! { .feature(#feature, false) });
    let strategies = plan.strategies.iter().map(|strategy| {
        let strategy = path(strategy);
        quote! { .strategy(#strategy) }
    });
    let steps: TokenStream = swagger.chain(documents).chain(features).chain(strategies).collect();
    let uses = imports.uses();
    let tokens = quote! {
        #condition
        #![doc = " What an API server serves."]
        #uses

        #[doc = " All kinds of this crate, with what OpenAPI says of them and what was written by hand."]
        pub fn api() -> #api {
            #api::new(#scheme()) #steps
        }
    };
    let path = layout.rust_file(&layout.module_root, NAME);
    File::rust(NAME, &layout.source, path, tokens)
}

fn path(path: &str) -> TokenStream {
    let segments = path.split("::").map(ident);
    quote! { #(#segments)::* }
}
