//! What is deprecated in an API. Generated code names it all the same, and says that it knows.

use std::collections::BTreeSet;

use kgen_model::{Model, Shape};
use proc_macro2::TokenStream;
use quote::quote;

use super::path;
use crate::Imports;

/// The deprecated types of a model by their paths, and their deprecated fields and variants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deprecated {
    types: BTreeSet<String>,
    members: BTreeSet<(String, String)>,
}

impl Deprecated {
    /// Those of a model.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let mut deprecated = Self::default();
        for (_, ty) in model.source_types() {
            let members = members(&ty.shape);
            deprecated
                .members
                .extend(members.into_iter().map(|name| (path(ty), name)));
            deprecated.types.extend(ty.deprecated.as_ref().map(|_| path(ty)));
        }
        deprecated
    }

    /// The attribute for a file that imports these types and names these members: it expects the warnings that the
    /// deprecated ones among them cause, and is nothing if there are none.
    #[must_use]
    pub fn attribute<'a>(
        &self,
        imports: &Imports,
        members: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Option<TokenStream> {
        let is_known = |(ty, member): (&str, &str)| self.members.contains(&(ty.to_owned(), member.to_owned()));
        let names_type = imports.paths().any(|path| self.types.contains(path));
        let warns = names_type || (!self.members.is_empty() && members.into_iter().any(is_known));
        warns.then(|| quote! { #![expect(deprecated, reason = "parts of the API are deprecated")] })
    }
}

/// The deprecated fields or variants.
fn members(shape: &Shape) -> Vec<String> {
    let is_so = |name: &String, note: &Option<String>| note.as_ref().map(|_| name.clone());
    match shape {
        Shape::Struct(fields) => fields.iter().filter_map(|it| is_so(&it.name, &it.deprecated)).collect(),
        Shape::Enum(def) => def
            .variants
            .iter()
            .filter_map(|it| is_so(&it.name, &it.deprecated))
            .collect(),
        Shape::Union(def) => def
            .variants
            .iter()
            .filter_map(|it| is_so(&it.name, &it.deprecated))
            .collect(),
        Shape::Newtype(_) => Vec::new(),
    }
}
