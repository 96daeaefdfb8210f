//! The `use` items of a generated file, so that bare names stand below them.

use std::collections::{BTreeMap, BTreeSet};

use kgen_model::names;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::rust::ident;

/// Names that mean something without an import. A path of the standard library that ends in one needs no import, and
/// nothing else may take the name.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Collects the absolute paths that a file uses and gives the names to write below. Where two paths end alike, the
/// first one asked for keeps the name and the others are imported under another.
#[derive(Clone, Debug, Default)]
pub struct Imports {
    names: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    own: BTreeMap<String, String>,
    traits: BTreeSet<String>,
}

impl Imports {
    /// No imports.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a name for what the file itself defines.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Keeps the last name of a path for what the file itself defines there, which needs no import.
    pub fn define(&mut self, path: &str) {
        let last = path.rsplit("::").next().unwrap_or(path);
        self.reserve(last);
        self.own.insert(path.to_owned(), last.to_owned());
    }

    /// The name to write for an absolute path such as `kgen::codec::Struct`.
    ///
    /// # Panics
    ///
    /// When the path does not end in an identifier, which is a fault of the generator.
    pub fn name(&mut self, path: &str) -> Ident {
        if let Some(name) = self.names.get(path).or_else(|| self.own.get(path)) {
            return ident(name);
        }
        let segments: Vec<&str> = path.split("::").collect();
        let last = segments[segments.len() - 1];
        if is_prelude(&segments) {
            return ident(last);
        }
        let name = self.free_name(&segments);
        self.taken.insert(name.clone());
        self.names.insert(path.to_owned(), name.clone());
        ident(&name)
    }

    /// The paths that have been asked for by name and need an import.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// The paths that need an import, with their names.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(path, name)| (path.as_str(), name.as_str()))
    }

    /// Brings the methods of a trait into scope without giving it a name.
    pub fn methods(&mut self, path: &str) {
        self.traits.insert(path.to_owned());
    }

    /// The `use` items in the order of rustfmt, with the paths of one module together.
    #[must_use]
    pub fn uses(&self) -> TokenStream {
        let mut modules = BTreeMap::<&str, BTreeMap<&str, TokenStream>>::new();
        let unnamed = self
            .traits
            .iter()
            .filter(|path| !self.names.contains_key(*path))
            .map(|path| (path, None));
        for (path, name) in self.names.iter().map(|(path, name)| (path, Some(name))).chain(unnamed) {
            if let Some((module, last)) = path.rsplit_once("::") {
                modules.entry(module).or_default().insert(last, imported(last, name));
            }
        }
        let mut modules: Vec<_> = modules.into_iter().collect();
        modules.sort_by_cached_key(|(module, items)| rank(module, items.keys().copied()));
        modules
            .into_iter()
            .map(|(module, items)| use_item(module, items))
            .collect()
    }

    fn free_name(&self, segments: &[&str]) -> String {
        let last = segments[segments.len() - 1];
        let is_free = |name: &String| !self.taken.contains(name) && !PRELUDE.contains(&name.as_str());
        // A module that is called like the type says nothing more: `v1::robot::Robot` is `V1Robot`.
        let says_more = |segment: &&&str| !last.starts_with(&camel(segment));
        let (modules, name) = segments.split_at(segments.len() - 1);
        let telling: Vec<&str> = modules.iter().filter(says_more).chain(name).copied().collect();
        let prefixed = (0..telling.len()).rev().map(|from| joined(&telling[from..]));
        let numbered = (2..).map(|number| format!("{last}{number}"));
        prefixed.chain(numbered).find(is_free).unwrap_or_default()
    }
}

/// `Order`, `Order as V1Order`, or `Order as _` for a trait without a name.
fn imported(last: &str, name: Option<&String>) -> TokenStream {
    let item = ident(last);
    match name {
        Some(name) if name == last => quote! { #item },
        Some(name) => {
            let name = ident(name);
            quote! { #item as #name }
        }
        None => quote! { #item as _ },
    }
}

fn use_item(module: &str, items: BTreeMap<&str, TokenStream>) -> TokenStream {
    let module = module.split("::").map(ident);
    let items = items.into_values();
    if items.len() == 1 {
        quote! { use #(#module)::*::#(#items)*; }
    } else {
        quote! { use #(#module)::*::{#(#items),*}; }
    }
}

/// The order of rustfmt: the crate's own paths first, and a list behind all names.
fn rank<'a>(module: &'a str, mut items: impl Iterator<Item = &'a str>) -> (bool, Vec<&'a str>) {
    let last = match (items.next(), items.next()) {
        (Some(only), None) => only,
        _ => "{",
    };
    (!module.starts_with("crate"), module.split("::").chain([last]).collect())
}

/// `["v1", "Order"]` as `V1Order`, `["v1", "decode"]` as `v1_decode`.
fn joined(segments: &[&str]) -> String {
    let is_type = segments[segments.len() - 1].starts_with(char::is_uppercase);
    let segments = segments
        .iter()
        .map(|segment| segment.strip_prefix("r#").unwrap_or(segment));
    if !is_type {
        return segments.collect::<Vec<_>>().join("_");
    }
    segments.map(camel).collect()
}

/// `pick_up` as `PickUp`.
fn camel(segment: &str) -> String {
    segment.split('_').map(names::capitalized).collect()
}

fn is_prelude(segments: &[&str]) -> bool {
    let is_std = matches!(segments[0], "std" | "core" | "alloc");
    is_std && PRELUDE.contains(&segments[segments.len() - 1]) && !segments.contains(&"fmt") && !segments.contains(&"io")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(imports: &Imports) -> String {
        crate::format::format(imports.uses()).unwrap_or_default()
    }

    #[test]
    fn paths_of_one_module_stand_together_and_the_crate_comes_first() {
        let mut imports = Imports::new();
        for path in [
            "std::fmt",
            "kgen::codec::Struct",
            "crate::v1::Order",
            "kgen::codec::Object",
            "kgen::codec::read",
        ] {
            imports.name(path);
        }
        let wanted = "use crate::v1::Order;\nuse kgen::codec::{Object, Struct, read};\nuse std::fmt;\n";
        assert_eq!(text(&imports), wanted);
    }

    #[test]
    fn the_second_of_two_like_names_takes_its_module_along() {
        let mut imports = Imports::new();
        assert_eq!(imports.name("crate::v1::Order"), "Order");
        assert_eq!(imports.name("crate::v2::Order"), "V2Order");
        assert_eq!(imports.name("crate::v1::Order"), "Order");
        assert_eq!(imports.name("kgen::read"), "read");
        assert_eq!(imports.name("kgen::v1::read"), "v1_read");
        assert_eq!(text(&imports).lines().nth(1), Some("use crate::v2::Order as V2Order;"));
    }

    #[test]
    fn a_module_that_is_called_like_the_type_is_passed_over() {
        let mut imports = Imports::new();
        imports.name("crate::v1beta1::Robot");
        imports.name("crate::v1beta1::RobotSpec");
        assert_eq!(imports.name("crate::v1::robot::Robot"), "V1Robot");
        assert_eq!(imports.name("crate::v1::robot::RobotSpec"), "V1RobotSpec");
    }

    #[test]
    fn own_items_and_the_prelude_keep_their_names() {
        let mut imports = Imports::new();
        imports.reserve("Order");
        assert_eq!(imports.name("crate::v1::Order"), "V1Order");
        assert_eq!(imports.name("crate::v1::Option"), "V1Option");
        assert_eq!(imports.name("std::option::Option"), "Option");
        assert_eq!(imports.name("std::fmt::Result"), "FmtResult");
        assert_eq!(text(&imports).lines().count(), 2);
    }

    #[test]
    fn what_the_file_defines_is_not_imported() {
        let mut imports = Imports::new();
        imports.define("crate::generated::serde::LineParts");
        assert_eq!(imports.name("crate::LineParts"), "CrateLineParts");
        assert_eq!(imports.name("crate::generated::serde::LineParts"), "LineParts");
        assert_eq!(text(&imports), "use crate::LineParts as CrateLineParts;\n");
    }

    #[test]
    fn a_trait_for_its_methods_has_no_name() {
        let mut imports = Imports::new();
        imports.methods("kgen::Validate");
        assert_eq!(text(&imports), "use kgen::Validate as _;\n");
        assert_eq!(imports.name("kgen::Validate"), "Validate");
        assert_eq!(text(&imports), "use kgen::Validate;\n");
    }

    #[test]
    fn raw_names_stay_raw() {
        let mut imports = Imports::new();
        assert_eq!(imports.name("crate::r#type::Order"), "Order");
        assert_eq!(text(&imports), "use crate::r#type::Order;\n");
    }
}
