//! Describes kinds whose types are known to the compiler, as generated code does.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::behaviour::Typed;
use super::json_path::JsonPath;
use super::kind::{Column, KindVersion, Scale, Subresources};
use super::verb::Verb;
use crate::conversion::Versioned;
use crate::k8s::ListableResource;
use crate::validation::Validate;
use crate::{DeepCopy, Defaults, GroupVersionKind, Object};

/// The description of a kind, by its type, step by step.
#[derive(Debug)]
pub struct Builder<T> {
    kind: KindVersion,
    typed: Typed<T>,
}

impl<T: Object + DeserializeOwned + ListableResource> Builder<T> {
    pub(super) fn new(singular: &'static str, namespaced: bool) -> Self {
        Self {
            kind: KindVersion {
                gvk: GroupVersionKind::of::<T>(),
                list_kind: T::LIST_KIND.into(),
                plural: T::URL_PATH_SEGMENT.into(),
                singular: singular.into(),
                short_names: Vec::new(),
                categories: Vec::new(),
                namespaced,
                served: true,
                storage: false,
                warning: None,
                verbs: Verb::ALL.to_vec(),
                subresources: Subresources::default(),
                columns: Vec::new(),
                selectable: Vec::new(),
                behaviour: Arc::new(Typed::<T>::new()),
            },
            typed: Typed::new(),
        }
    }

    /// Adds abbreviations for command lines.
    pub fn short_names<const N: usize>(mut self, names: [&'static str; N]) -> Self {
        self.kind.short_names.extend(names.map(Into::into));
        self
    }

    /// Adds groups of resources for command lines.
    pub fn categories<const N: usize>(mut self, names: [&'static str; N]) -> Self {
        self.kind.categories.extend(names.map(Into::into));
        self
    }

    /// No server offers this version.
    pub fn unserved(mut self) -> Self {
        self.kind.served = false;
        self
    }

    /// Objects are stored in this version.
    pub fn storage(mut self) -> Self {
        self.kind.storage = true;
        self
    }

    /// What a server warns of when this version is used.
    pub fn deprecated(mut self, warning: &'static str) -> Self {
        self.kind.warning = Some(warning.into());
        self
    }

    /// Clients can do this with objects, and nothing else.
    pub fn verbs<const N: usize>(mut self, verbs: [Verb; N]) -> Self {
        self.kind.verbs = verbs.to_vec();
        self.kind.verbs.sort_unstable();
        self.kind.verbs.dedup();
        self
    }

    /// The status is written apart from the rest.
    pub fn status(mut self) -> Self {
        self.kind.subresources.status = true;
        self.typed.has_status();
        self
    }

    /// Where the status stands, so that it can be written apart. Without this it is found in the JSON of objects.
    pub fn status_field<S>(mut self, field: fn(&T) -> &S, field_mut: fn(&mut T) -> &mut S) -> Self
    where
        S: DeepCopy + Default + 'static,
    {
        self.typed.status_field(field, field_mut);
        self
    }

    /// Tells whether two objects want the same: all but their metadata and, if it is written apart, their status is
    /// equal. Without this the JSON of objects is compared.
    pub fn compared(mut self, wants_same: fn(&T, &T) -> bool) -> Self {
        self.typed.compared(wants_same);
        self
    }

    /// Objects can be scaled: the paths of the wanted replicas, of the counted ones, and of the label selector.
    ///
    /// # Panics
    /// On a path that is none. kgen refuses such paths before it generates anything.
    pub fn scale(mut self, spec: &str, status: &str, selector: Option<&str>) -> Self {
        self.kind.subresources.scale = Some(Scale {
            spec: path(spec),
            status: path(status),
            selector: selector.map(path),
        });
        self
    }

    /// Adds a printer column.
    pub fn column(mut self, column: Column) -> Self {
        self.kind.columns.push(column);
        self
    }

    /// Adds a field that selectors know.
    ///
    /// # Panics
    /// On a path that is none. kgen refuses such paths before it generates anything.
    pub fn selectable(mut self, field: &str) -> Self {
        self.kind.selectable.push(path(field));
        self
    }

    /// Objects have defaults.
    pub fn defaulted(mut self) -> Self
    where
        T: Defaults,
    {
        self.typed.defaulted();
        self
    }

    /// Objects have rules.
    pub fn validated(mut self) -> Self
    where
        T: Validate,
    {
        self.typed.validated();
        self
    }

    /// Objects are stored in another version.
    pub fn converted(mut self) -> Self
    where
        T: Versioned,
        T::Hub: Object,
    {
        self.typed.converted();
        self
    }

    /// All that was said.
    pub fn build(mut self) -> KindVersion {
        self.kind.behaviour = Arc::new(self.typed);
        self.kind
    }
}

impl Column {
    /// A column with its heading, its type (`string`, `integer`, `number`, `boolean` or `date`) and the path of its
    /// values.
    ///
    /// # Panics
    /// On a path that is none. kgen refuses such paths before it generates anything.
    pub fn new(name: &'static str, type_: &'static str, values: &str) -> Self {
        Self {
            name: name.into(),
            type_: type_.into(),
            format: "".into(),
            description: "".into(),
            priority: 0,
            path: path(values),
        }
    }

    /// Its format.
    pub fn format(mut self, format: &'static str) -> Self {
        self.format = format.into();
        self
    }

    /// What it shows.
    pub fn description(mut self, description: &'static str) -> Self {
        self.description = description.into();
        self
    }

    /// Above 0 it stands in wide output only.
    pub fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }
}

fn path(text: &str) -> JsonPath {
    match text.parse() {
        Ok(path) => path,
        Err(error) => panic!("{error}"),
    }
}
