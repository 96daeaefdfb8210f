//! Tests that objects survive conversion to the stored version and back, for crates that have `kgen-testing` among their
//! `[dev-dependencies]`.

mod random;

use kgen_emit::rust::{Deprecated, Type, ident, path};
use kgen_emit::{File, Imports, Layout};
use kgen_model::{Model, TypeId, names};
use proc_macro2::TokenStream;
use quote::quote;

use self::random::{Parts, Randoms, parts};
use crate::NAME;
use crate::pairs::{KindPair, Loss, Pairs};

/// The file of one module; none if the crate wants no tests, or there is nothing to test or to make random.
pub(crate) fn file(model: &Model, layout: &Layout, module: &[String]) -> Option<File> {
    if !layout.testing {
        return None;
    }
    let (pairs, randoms) = (model.once(Pairs::of), model.once(Randoms::of));
    let types: Vec<TypeId> = model
        .types_in(module)
        .map(|(id, _)| id)
        .filter(|id| randoms.wants(*id))
        .collect();
    let kinds = pairs
        .kinds
        .iter()
        .filter(|kind| model.ty(kind.version).module == module);
    let kinds: Vec<&KindPair> = kinds
        .filter(|kind| randoms.wants(kind.version) && randoms.wants(kind.hub))
        .collect();
    let first = types.first()?;
    let mut imports = Imports::new();
    let tests: Vec<_> = kinds.iter().map(|kind| test(kind, model, &mut imports)).collect();
    let of_types: Vec<_> = types.iter().map(|id| (*id, parts(model, &randoms, *id))).collect();
    let values: Vec<_> = of_types
        .iter()
        .map(|(id, parts)| random_value(*id, parts, model, &mut imports))
        .collect();
    let members: Vec<(String, String)> = of_types
        .iter()
        .flat_map(|(id, parts)| parts.names().map(|name| (path(model.ty(*id)), name.to_owned())))
        .collect();
    let members = members.iter().map(|(ty, name)| (ty.as_str(), name.as_str()));
    let deprecated = model.once(Deprecated::of).attribute(&imports, members);
    let uses = imports.uses();
    let head = quote! {
        #![cfg(test)]
        #deprecated
        //! Objects survive conversion to the stored version and back.
        #uses
    };
    let tokens = std::iter::once(head).chain(tests).chain(values).collect();
    let path = layout.rust_file(module, "round_trip");
    Some(File::rust(NAME, layout.input(model.ty(*first).span), path, tokens))
}

fn test(kind: &KindPair, model: &Model, imports: &mut Imports) -> TokenStream {
    let round_trip = imports.name("kgen_testing::RoundTrip");
    let ty = Type::named(model, kind.version).tokens(imports);
    let name = ident(&format!(
        "{}_survives_conversion",
        names::snake(&model.ty(kind.version).name)
    ));
    let losses = |loss: &Loss, suffix: &str| -> TokenStream {
        let said = [
            ("lost", &loss.lost),
            ("by_hand", &loss.by_hand),
            ("loose", &loss.loose),
            ("defaulted", &loss.defaulted),
        ];
        let calls = said.into_iter().flat_map(|(word, paths)| {
            let method = ident(&format!("{word}{suffix}"));
            paths.iter().map(move |path| quote! { .#method(#path) })
        });
        calls.collect()
    };
    let (of_version, of_hub) = (losses(&kind.version_loss, ""), losses(&kind.hub_loss, "_of_hub"));
    quote! {
        #[test]
        fn #name() {
            #round_trip::<#ty>::new() #of_version #of_hub .check();
        }
    }
}

fn random_value(id: TypeId, parts: &Parts<'_>, model: &Model, imports: &mut Imports) -> TokenStream {
    let random = imports.name("kgen_testing::random");
    let ty = Type::named(model, id).tokens(imports);
    match parts {
        Parts::Fields { random: fields, usual } => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, text)| {
                    let name = ident(name);
                    let text = text.as_ref().map(|text| {
                        let text = Type::of(model, text).tokens(imports);
                        quote! { : #text }
                    });
                    quote! { #name #text }
                })
                .collect();
            let usual = (!usual.is_empty()).then(|| {
                let usual = usual.iter().map(|name| ident(name));
                quote! { ; #(#usual),* }
            });
            quote! { #random!(struct #ty { #(#fields),* #usual }); }
        }
        Parts::One => quote! { #random!(newtype #ty); },
        Parts::Variants(variants) => {
            let variants = variants.iter().map(|(name, holds)| {
                let name = ident(name);
                let held = holds.then(|| quote! { (_) });
                quote! { #name #held }
            });
            quote! { #random!(enum #ty { #(#variants),* }); }
        }
    }
}
