//! A schema as a JSON object: keys sorted, nothing written that says nothing.

use std::collections::BTreeMap;

use kgen_model::Literal;
use kgen_model::facts::{CelRule, ExternalDocs, ListType, MapType, Number};
use serde::{Serialize, Serializer};

use super::{AdditionalProperties, Bound, GroupVersionKind, Kubernetes, Limits, Schema};

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = Members::default();
        members.text("$ref", self.reference.as_deref());
        members.text("type", self.type_.map(super::JsonType::name));
        members.text("format", self.format.as_deref());
        members.flag("nullable", self.nullable);
        members.schema("items", self.items.as_deref());
        members.some(
            "properties",
            Some(&self.properties).filter(|map| !map.is_empty()).map(Value::Schemas),
        );
        members.some(
            "additionalProperties",
            self.additional_properties.as_ref().map(|properties| match properties {
                AdditionalProperties::Allowed(allowed) => Value::Bool(*allowed),
                AdditionalProperties::Each(schema) => Value::Schema(schema),
            }),
        );
        self.add_about(&mut members);
        self.add_logic(&mut members);
        self.limits.add(&mut members);
        self.kubernetes.add(&mut members);
        members.0.extend(
            self.extensions
                .iter()
                .map(|(name, value)| (name.as_str(), Value::Literal(value))),
        );
        serializer.collect_map(members.0)
    }
}

impl Schema {
    fn add_about<'a>(&'a self, members: &mut Members<'a>) {
        let about = &self.about;
        members.text("description", about.description.as_deref());
        members.text("title", about.title.as_deref());
        members.some("externalDocs", about.external_docs.as_ref().map(Value::external_docs));
        members.some("example", about.example.as_ref().map(Value::Literal));
        members.some("default", about.default.as_ref().map(Value::Literal));
    }

    fn add_logic<'a>(&'a self, members: &mut Members<'a>) {
        members.list("allOf", &self.logic.all_of, Value::Schema);
        members.list("anyOf", &self.logic.any_of, Value::Schema);
        members.list("oneOf", &self.logic.one_of, Value::Schema);
        members.schema("not", self.logic.not.as_deref());
    }
}

impl Limits {
    fn add<'a>(&'a self, members: &mut Members<'a>) {
        members.bound("minimum", "exclusiveMinimum", self.minimum);
        members.bound("maximum", "exclusiveMaximum", self.maximum);
        members.some("multipleOf", self.multiple_of.map(Value::number));
        members.some("minLength", self.min_length.map(Value::Count));
        members.some("maxLength", self.max_length.map(Value::Count));
        members.text("pattern", self.pattern.as_deref());
        members.some("minItems", self.min_items.map(Value::Count));
        members.some("maxItems", self.max_items.map(Value::Count));
        members.flag("uniqueItems", self.unique_items);
        members.some("minProperties", self.min_properties.map(Value::Count));
        members.some("maxProperties", self.max_properties.map(Value::Count));
        members.list("required", &self.required, |name| Value::Text(name));
        members.list("enum", &self.enum_, Value::Literal);
    }
}

impl Kubernetes {
    fn add<'a>(&'a self, members: &mut Members<'a>) {
        members.flag("x-kubernetes-preserve-unknown-fields", self.preserve_unknown_fields);
        members.flag("x-kubernetes-embedded-resource", self.embedded_resource);
        members.flag("x-kubernetes-int-or-string", self.int_or_string);
        members.text("x-kubernetes-list-type", self.list_type.as_ref().map(list_type));
        if let Some(ListType::Map(keys)) = &self.list_type {
            members.list("x-kubernetes-list-map-keys", keys, |key| Value::Text(key));
        }
        members.text("x-kubernetes-map-type", self.map_type.map(map_type));
        members.list("x-kubernetes-validations", &self.validations, Value::cel_rule);
        members.text("x-kubernetes-patch-strategy", self.patch_strategy.as_deref());
        members.text("x-kubernetes-patch-merge-key", self.patch_merge_key.as_deref());
        members.list(
            "x-kubernetes-group-version-kind",
            &self.group_version_kinds,
            Value::group_version_kind,
        );
    }
}

fn list_type(list_type: &ListType) -> &'static str {
    match list_type {
        ListType::Atomic => "atomic",
        ListType::Set => "set",
        ListType::Map(_) => "map",
    }
}

fn map_type(map_type: MapType) -> &'static str {
    match map_type {
        MapType::Granular => "granular",
        MapType::Atomic => "atomic",
    }
}

/// The members of an object that are worth writing.
#[derive(Default)]
struct Members<'a>(BTreeMap<&'a str, Value<'a>>);

impl<'a> Members<'a> {
    fn some(&mut self, name: &'a str, value: Option<Value<'a>>) {
        if let Some(value) = value {
            self.0.insert(name, value);
        }
    }

    fn text(&mut self, name: &'a str, value: Option<&'a str>) {
        self.some(name, value.map(Value::Text));
    }

    fn flag(&mut self, name: &'a str, value: bool) {
        self.some(name, value.then_some(Value::Bool(true)));
    }

    fn schema(&mut self, name: &'a str, value: Option<&'a Schema>) {
        self.some(name, value.map(Value::Schema));
    }

    fn bound(&mut self, name: &'a str, exclusive: &'a str, bound: Option<Bound>) {
        self.some(name, bound.map(|bound| Value::number(bound.value)));
        self.flag(exclusive, bound.is_some_and(|bound| bound.exclusive));
    }

    fn list<T>(&mut self, name: &'a str, items: &'a [T], value: impl Fn(&'a T) -> Value<'a>) {
        self.some(
            name,
            (!items.is_empty()).then(|| Value::List(items.iter().map(value).collect())),
        );
    }
}

/// What stands behind a keyword.
enum Value<'a> {
    Bool(bool),
    Count(u64),
    Int(i128),
    Float(f64),
    Text(&'a str),
    Literal(&'a Literal),
    Schema(&'a Schema),
    Schemas(&'a BTreeMap<String, Schema>),
    List(Vec<Value<'a>>),
    Object(Members<'a>),
}

impl<'a> Value<'a> {
    fn number(number: Number) -> Self {
        match number {
            Number::Int(value) => Self::Int(value),
            Number::Float(value) => Self::Float(value),
        }
    }

    fn external_docs(docs: &'a ExternalDocs) -> Self {
        let mut members = Members::default();
        members.text("url", Some(&docs.url));
        members.text("description", docs.description.as_deref());
        Self::Object(members)
    }

    fn cel_rule(rule: &'a CelRule) -> Self {
        let mut members = Members::default();
        members.text("rule", Some(&rule.rule));
        members.text("message", rule.message.as_deref());
        members.text("messageExpression", rule.message_expression.as_deref());
        members.text("reason", rule.reason.as_deref());
        members.text("fieldPath", rule.field_path.as_deref());
        members.some("optionalOldSelf", rule.optional_old_self.map(Value::Bool));
        Self::Object(members)
    }

    fn group_version_kind(gvk: &'a GroupVersionKind) -> Self {
        let mut members = Members::default();
        members.text("group", Some(&gvk.group));
        members.text("version", Some(&gvk.version));
        members.text("kind", Some(&gvk.kind));
        Self::Object(members)
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Count(value) => serializer.serialize_u64(*value),
            Self::Int(value) => Literal::Int(*value).serialize(serializer),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::Literal(value) => value.serialize(serializer),
            Self::Schema(value) => value.serialize(serializer),
            Self::Schemas(value) => serializer.collect_map(*value),
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(members) => serializer.collect_map(&members.0),
        }
    }
}
