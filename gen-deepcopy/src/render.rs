//! Renders the implementations of `DeepCopy`. Nothing is decided here.

use kgen_emit::rust::{Deprecated, Type, binding, ident};
use kgen_emit::{File, Imports, Layout};
use kgen_model::Model;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::NAME;
use crate::plan::{Body, FieldPlan, How, ImplPlan, Plan, VariantPlan};

/// The file of one module; none if nothing is copied there.
pub(crate) fn file(plan: &Plan<'_>, model: &Model, layout: &Layout) -> Option<File> {
    let first = plan.impls.first()?;
    let mut imports = Imports::new();
    let impls: Vec<_> = plan
        .impls
        .iter()
        .map(|plan| implementation(plan, model, &mut imports))
        .collect();
    let deprecated = model
        .once(Deprecated::of)
        .attribute(&imports, plan.members().iter().map(|(ty, name)| (ty.as_str(), *name)));
    let uses = imports.uses();
    let head = quote! {
        #deprecated
        #uses
    };
    let tokens = std::iter::once(head).chain(impls).collect();
    let path = layout.rust_file(plan.module, NAME);
    Some(File::rust(NAME, layout.input(first.ty.span), path, tokens))
}

fn implementation(plan: &ImplPlan<'_>, model: &Model, imports: &mut Imports) -> TokenStream {
    let deep_copy = imports.name("kgen::DeepCopy");
    let ty = Type::named(model, plan.id).tokens(imports);
    let copy = copy(&plan.body);
    let copy_from = plan.reuses.then(|| copy_from(&plan.body));
    quote! {
        #[automatically_derived]
        impl #deep_copy for #ty {
            fn deep_copy(&self) -> Self {
                #copy
            }
            #copy_from
        }
    }
}

fn copy(body: &Body<'_>) -> TokenStream {
    match body {
        Body::Struct(fields) => {
            let names = fields.iter().map(|field| ident(field.name));
            let values = fields.iter().map(field_copy);
            quote! { Self { #(#names: #values),* } }
        }
        Body::Newtype(how) => {
            let value = copy_of(*how, &quote! { self.0 });
            quote! { Self(#value) }
        }
        Body::Variants(variants) => {
            let arms = variants.iter().map(variant_copy);
            quote! { match self { #(#arms),* } }
        }
    }
}

fn field_copy(field: &FieldPlan<'_>) -> TokenStream {
    let name = ident(field.name);
    copy_of(field.how, &quote! { self.#name })
}

/// A copy of what stands at a place.
fn copy_of(how: How, place: &TokenStream) -> TokenStream {
    match how {
        How::Value => quote! { #place },
        How::DeepCopy => quote! { #place.deep_copy() },
        How::Clone => quote! { #place.clone() },
        How::Opaque => quote! { Clone::clone(&#place) },
    }
}

fn variant_copy(variant: &VariantPlan<'_>) -> TokenStream {
    let name = ident(variant.name);
    match variant.how {
        None => quote! { Self::#name => Self::#name },
        Some(how) => {
            let held = binding(variant.name);
            let copy = copy_of_held(how, &held);
            quote! { Self::#name(#held) => Self::#name(#copy) }
        }
    }
}

/// A copy of what a reference leads to.
fn copy_of_held(how: How, held: &Ident) -> TokenStream {
    match how {
        How::Value => quote! { *#held },
        How::DeepCopy | How::Clone | How::Opaque => copy_of(how, &quote! { #held }),
    }
}

fn copy_from(body: &Body<'_>) -> TokenStream {
    let statements = match body {
        Body::Struct(fields) => {
            let fields = fields.iter().map(field_copy_from);
            quote! { #(#fields)* }
        }
        Body::Newtype(how) => copy_into(*how, &quote! { self.0 }, &quote! { source.0 }),
        Body::Variants(variants) => variants_copy_from(variants),
    };
    quote! {
        fn deep_copy_from(&mut self, source: &Self) {
            #statements
        }
    }
}

fn field_copy_from(field: &FieldPlan<'_>) -> TokenStream {
    let name = ident(field.name);
    copy_into(field.how, &quote! { self.#name }, &quote! { source.#name })
}

/// A statement that copies from one place to another.
fn copy_into(how: How, target: &TokenStream, source: &TokenStream) -> TokenStream {
    match how {
        How::Value => quote! { #target = #source; },
        How::DeepCopy => quote! { #target.deep_copy_from(&#source); },
        How::Clone | How::Opaque => quote! { #target.clone_from(&#source); },
    }
}

/// Variants without anything to keep are copied by the last arm, which is left out where no other variant exists.
fn variants_copy_from(variants: &[VariantPlan<'_>]) -> TokenStream {
    let kept = variants.iter().filter_map(|variant| {
        let name = ident(variant.name);
        let copy = held_copy_from(variant.how?)?;
        Some((quote! { (Self::#name(target), Self::#name(source)) }, copy))
    });
    match (kept.collect::<Vec<_>>().as_slice(), variants) {
        ([(pattern, copy)], [_]) => quote! {
            let #pattern = (self, source);
            #copy;
        },
        (kept, _) => {
            let arms = kept.iter().map(|(pattern, copy)| quote! { #pattern => #copy });
            quote! {
                match (self, source) {
                    #(#arms,)*
                    (target, source) => *target = source.deep_copy(),
                }
            }
        }
    }
}

/// An expression that copies from one reference to another, where anything can be kept.
fn held_copy_from(how: How) -> Option<TokenStream> {
    match how {
        How::Value => None,
        How::DeepCopy => Some(quote! { target.deep_copy_from(source) }),
        How::Clone | How::Opaque => Some(quote! { target.clone_from(source) }),
    }
}
