//! What is known of a kind in one version.

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::behaviour::Behaviour;
use super::builder::Builder;
use super::json_path::JsonPath;
use super::verb::Verb;
use crate::k8s::{ClusterResourceScope, ListableResource, NamespaceResourceScope};
use crate::{GroupVersionKind, Object};

/// Text of generated code, or of a schema that was read at run time.
pub type Text = Cow<'static, str>;

/// A kind in one version: what it is called, what servers tell of it, and what can be done with its objects.
#[derive(Clone, Debug)]
pub struct KindVersion {
    /// Group, version and kind.
    pub gvk: GroupVersionKind,
    /// The kind of its lists, such as `OrderList`.
    pub list_kind: Text,
    /// The resource, such as `orders`.
    pub plural: Text,
    /// One of it, such as `order`.
    pub singular: Text,
    /// Abbreviations for command lines.
    pub short_names: Vec<Text>,
    /// Groups of resources for command lines, such as `all`.
    pub categories: Vec<Text>,
    /// Whether objects live in namespaces.
    pub namespaced: bool,
    /// Whether a server offers it.
    pub served: bool,
    /// Whether objects are stored in this version, which is the hub of conversion.
    pub storage: bool,
    /// What a server warns of when this version is used.
    pub warning: Option<Text>,
    /// What clients can do with objects, without repetition and in order. What lies beneath them has verbs of its own.
    pub verbs: Vec<Verb>,
    /// What lies beneath the objects.
    pub subresources: Subresources,
    /// Printer columns, in the order of declaration. Without any a client sees names and ages.
    pub columns: Vec<Column>,
    /// What field selectors know, beside the name and the namespace.
    pub selectable: Vec<JsonPath>,
    /// What can be done with objects.
    pub behaviour: Arc<dyn Behaviour>,
}

/// What lies beneath the objects of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subresources {
    /// `/status`
    pub status: bool,
    /// `/scale`
    pub scale: Option<Scale>,
}

/// Where the scale subresource finds its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The wanted replicas, such as `.spec.replicas`.
    pub spec: JsonPath,
    /// The counted replicas.
    pub status: JsonPath,
    /// The label selector in its string form.
    pub selector: Option<JsonPath>,
}

/// A printer column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub name: Text,
    /// `string`, `integer`, `number`, `boolean` or `date`.
    pub type_: Text,
    /// A format of OpenAPI, or nothing.
    pub format: Text,
    /// What it shows, or nothing.
    pub description: Text,
    /// Above 0: in wide output only.
    pub priority: i32,
    /// Where the value stands.
    pub path: JsonPath,
}

impl Column {
    /// What the column shows of an object: a value of the column's type, or `null`. Dates stay what they are; to
    /// show how long ago they were is up to who knows the time.
    pub fn cell(&self, object: &Value) -> Value {
        let Some(value) = self.path.first(object) else {
            return Value::Null;
        };
        match (&*self.type_, value) {
            ("integer", Value::Number(number)) if !number.is_i64() => number
                .as_f64()
                .map_or(Value::Null, |number| (number.trunc() as i64).into()),
            ("integer" | "number", Value::Number(_)) | ("boolean", Value::Bool(_)) => value.clone(),
            ("string" | "date", Value::String(_)) => value.clone(),
            ("string", Value::Null) => Value::Null,
            ("string", other) => Value::String(other.to_string()),
            _ => Value::Null,
        }
    }
}

impl KindVersion {
    /// Begins the description of a kind whose objects live in namespaces.
    pub fn namespaced<T>(singular: &'static str) -> Builder<T>
    where
        T: Object + DeserializeOwned + ListableResource<Scope = NamespaceResourceScope>,
    {
        Builder::new(singular, true)
    }

    /// Begins the description of a kind whose objects live in no namespace.
    pub fn cluster<T>(singular: &'static str) -> Builder<T>
    where
        T: Object + DeserializeOwned + ListableResource<Scope = ClusterResourceScope>,
    {
        Builder::new(singular, false)
    }

    /// The values of the printer columns.
    pub fn cells(&self, object: &Value) -> Vec<Value> {
        self.columns.iter().map(|column| column.cell(object)).collect()
    }

    /// What field selectors find in an object: each selectable field with its value, which is empty where the object
    /// has none.
    pub fn selectable_values<'a>(&'a self, object: &'a Value) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        self.selectable.iter().map(|path| {
            let value = match path.first(object) {
                None | Some(Value::Null) => Cow::Borrowed(""),
                Some(Value::String(text)) => Cow::Borrowed(text.as_str()),
                Some(other) => Cow::Owned(other.to_string()),
            };
            (path.as_str().trim_start_matches('.'), value)
        })
    }
}
