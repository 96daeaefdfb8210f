//! The types themselves, where they come from schemas and nobody wrote them: the file `types.rs` of a module.

use kgen_emit::rust::{Deprecated, Type, ident, path};
use kgen_emit::{File, Imports, Layout, docs};
use kgen_model::model::{Declaration, EnumVariant, UnionVariant};
use kgen_model::{Field, Model, Shape, Span, TypeDef};
use proc_macro2::TokenStream;
use quote::quote;

use crate::NAME;

/// The derive that only makes markers legal: there are none on what is generated.
const MARKERS: &str = "Api";

/// What one module gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclarationsPlan<'m> {
    /// The module of the types.
    pub module: &'m [String],
    /// Group and version, if it is the module of a version.
    pub version: Option<String>,
    /// The types in the order of their schemas.
    pub types: Vec<TypePlan<'m>>,
}

/// One type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypePlan<'m> {
    /// Its absolute path.
    pub path: String,
    /// Where its schema stands.
    pub span: Span,
    /// Its name and what is said about it.
    pub head: Head<'m>,
    /// The traits that it derives.
    pub derives: Vec<&'m str>,
    /// What it consists of.
    pub body: Body<'m>,
}

/// The name of a type, field or variant, and what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<'m> {
    /// The Rust name.
    pub name: &'m str,
    /// The description.
    pub docs: &'m str,
    /// Set when it is deprecated, with a note that may be empty.
    pub deprecated: Option<&'m str>,
}

/// What a type consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body<'m> {
    /// Fields with their types.
    Struct(Vec<(Head<'m>, Type)>),
    /// One value.
    Newtype(Type),
    /// Variants.
    Enum(Vec<VariantPlan<'m>>),
}

/// One variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantPlan<'m> {
    /// Its name and what is said about it.
    pub head: Head<'m>,
    /// What it holds.
    pub holds: Option<Type>,
    /// Whether it is the default.
    pub default: bool,
}

/// What one module gets.
#[must_use]
pub fn plan<'m>(model: &'m Model, module: &'m [String]) -> DeclarationsPlan<'m> {
    let types = model.types_in(module);
    let types = types.filter(|(_, ty)| ty.declaration == Declaration::Generated && ty.generates(NAME));
    let version = model.versions.iter().find(|version| version.module == module);
    DeclarationsPlan {
        module,
        version: version.map(|version| version.api_version()),
        types: types.map(|(_, ty)| of_type(model, ty)).collect(),
    }
}

fn of_type<'m>(model: &'m Model, ty: &'m TypeDef) -> TypePlan<'m> {
    let body = match &ty.shape {
        Shape::Struct(fields) => Body::Struct(fields.iter().map(|field| of_field(model, field)).collect()),
        Shape::Newtype(inner) => Body::Newtype(Type::of(model, inner)),
        Shape::Enum(def) => {
            let named = def.variants.iter().map(of_variant);
            Body::Enum(named.chain(def.other.as_deref().map(other)).collect())
        }
        Shape::Union(def) => Body::Enum(def.variants.iter().map(|it| of_member(model, it)).collect()),
    };
    let is_derived = |name: &&str| *name != MARKERS && !ty.is_by_hand(name);
    TypePlan {
        path: path(ty),
        span: ty.span,
        head: Head {
            name: &ty.name,
            docs: ty.facts.description.as_deref().unwrap_or_default(),
            deprecated: ty.deprecated.as_deref(),
        },
        derives: ty.traits.iter().map(String::as_str).filter(is_derived).collect(),
        body,
    }
}

fn of_field<'m>(model: &'m Model, field: &'m Field) -> (Head<'m>, Type) {
    let head = Head {
        name: &field.name,
        docs: field.facts.description.as_deref().unwrap_or_default(),
        deprecated: field.deprecated.as_deref(),
    };
    (head, Type::of(model, &field.ty))
}

fn of_variant(variant: &EnumVariant) -> VariantPlan<'_> {
    VariantPlan {
        head: Head {
            name: &variant.name,
            docs: variant.description.as_deref().unwrap_or_default(),
            deprecated: variant.deprecated.as_deref(),
        },
        holds: None,
        default: variant.default,
    }
}

/// The variant that keeps values which the schema does not know.
fn other(name: &str) -> VariantPlan<'_> {
    VariantPlan {
        head: Head {
            name,
            docs: "A value that the schema does not name.",
            deprecated: None,
        },
        holds: Some(Type::string()),
        default: false,
    }
}

fn of_member<'m>(model: &'m Model, variant: &'m UnionVariant) -> VariantPlan<'m> {
    VariantPlan {
        head: Head {
            name: &variant.name,
            docs: variant.facts.description.as_deref().unwrap_or_default(),
            deprecated: variant.deprecated.as_deref(),
        },
        holds: variant.ty.as_ref().map(|ty| Type::of(model, ty)),
        default: variant.default,
    }
}

/// The file of one module; none if all of its types are written by hand.
pub(crate) fn file(plan: &DeclarationsPlan<'_>, model: &Model, layout: &Layout) -> Option<File> {
    let first = plan.types.first()?;
    let mut imports = Imports::new();
    plan.types.iter().for_each(|ty| imports.define(&ty.path));
    let items: Vec<TokenStream> = plan.types.iter().map(|ty| declaration(ty, &mut imports)).collect();
    let about = match &plan.version {
        Some(version) => format!(" The types of {version}."),
        None => " The types that several versions share.".to_owned(),
    };
    let deprecated = model.once(Deprecated::of).attribute(&imports, []);
    let uses = imports.uses();
    let head = quote! {
        #![doc = #about]
        #deprecated
        #uses
    };
    let tokens = std::iter::once(head).chain(items).collect();
    let path = layout.rust_file(plan.module, "types");
    Some(File::rust(NAME, layout.input(first.span), path, tokens))
}

fn declaration(plan: &TypePlan<'_>, imports: &mut Imports) -> TokenStream {
    let (said, name) = (said(&plan.head), ident(plan.head.name));
    let derives = plan.derives.iter().map(|derive| ident(derive));
    let derives = (!plan.derives.is_empty()).then(|| quote! { #[derive(#(#derives),*)] });
    let declared = match &plan.body {
        Body::Struct(fields) => {
            let fields = fields.iter().map(|(head, ty)| field(head, ty, imports));
            quote! { pub struct #name { #(#fields)* } }
        }
        Body::Newtype(inner) => {
            let inner = inner.tokens(imports);
            quote! { pub struct #name(pub #inner); }
        }
        Body::Enum(variants) => {
            let variants = variants.iter().map(|it| variant(it, imports));
            quote! { pub enum #name { #(#variants)* } }
        }
    };
    [said, derives.unwrap_or_default(), declared].into_iter().collect()
}

fn field(head: &Head<'_>, ty: &Type, imports: &mut Imports) -> TokenStream {
    let (said, name, ty) = (said(head), ident(head.name), ty.tokens(imports));
    quote! { #said pub #name: #ty, }
}

fn variant(plan: &VariantPlan<'_>, imports: &mut Imports) -> TokenStream {
    let (said, name) = (said(&plan.head), ident(plan.head.name));
    let holds = plan.holds.as_ref().map(|ty| ty.tokens(imports));
    let holds = holds.map(|ty| quote! { (#ty) });
    let default = plan.default.then(|| quote! { #[default] });
    quote! { #said #default #name #holds, }
}

/// Docs and deprecation.
fn said(head: &Head<'_>) -> TokenStream {
    let docs = docs(head.docs);
    let deprecated = head.deprecated.map(|note| match note {
        "" => quote! { #[deprecated] },
        note => quote! { #[deprecated = #note] },
    });
    quote! { #docs #deprecated }
}

#[cfg(test)]
mod tests {
    use kgen_model::Draft;

    use super::*;
    use crate::testing::{draft, resolved};

    const TYPES: &str = r#"
        use kgen::k8s::ObjectMeta;
        use std::collections::BTreeMap;
        /// See https://example.com for `orders` of [people].
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)] #[kgen(kind, namespaced)]
        pub struct Order { pub metadata: ObjectMeta, pub spec: OrderSpec }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
        pub struct OrderSpec {
            /// What is ordered.
            ///
            ///     not code
            pub lines: Vec<Line>,
            pub parent: Option<Box<OrderSpec>>,
            #[kgen(name = "type")] pub r#type: Option<Sort>,
            pub port: Option<kgen::k8s::IntOrString>,
            pub labels: BTreeMap<String, Quantity>,
        }
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)] pub struct Line {}
        #[derive(Clone, Debug, Default, PartialEq, kgen::Api)] pub struct Quantity(pub String);
        #[derive(Clone, Debug, PartialEq, Eq, Default, kgen::Api)]
        pub enum Sort {
            /// Not paid.
            #[default] Open,
            #[deprecated = "Use `Open`."] Pending,
            #[kgen(other)] Other(String),
        }
        #[derive(Clone, Debug, PartialEq, kgen::Api)] pub enum Source { Git(Line), Nothing(Box<Line>) }"#;

    fn from_schema(mut draft: Draft) -> Draft {
        let types = draft.modules.iter_mut().flat_map(|module| &mut module.types);
        types.for_each(|ty| ty.declaration = Declaration::Generated);
        draft
    }

    #[test]
    fn types_of_schemas_are_declared() {
        let model = resolved(&from_schema(draft(TYPES)));
        let file = file(&plan(&model, model.modules()[0]), &model, &Layout::default()).expect("there are types");
        assert_eq!(file.problem, None);
        insta::assert_snapshot!(file.text.split_once('\n').map(|(_, body)| body).unwrap_or_default());
    }

    #[test]
    fn types_that_a_person_wrote_are_not() {
        let model = resolved(&draft(TYPES));
        let plan = plan(&model, model.modules()[0]);
        assert_eq!(plan.types, []);
        assert_eq!(file(&plan, &model, &Layout::default()), None);
    }
}
