//! From JSON to a [`Schema`], as `JSONSchemaProps` reads it: what it has no member for is lost. What no server takes in
//! a structural schema is a fault.

use std::collections::BTreeMap;

use kgen_model::Literal;
use kgen_model::facts::{CelRule, ListType, MapType, Number};

use super::{Fault, Members, Place};
use crate::schema::{About, AdditionalProperties, Bound, JsonType, Kubernetes, Limits, Logic, Schema};

/// Keywords that no server takes in a structural schema, with what a person would know them by.
const REFUSED: [(&str, &str); 6] = [
    ("$ref", "a type that holds itself"),
    ("additionalItems", "a tuple"),
    ("definitions", "a type that holds itself"),
    ("patternProperties", "a map whose keys are numbers or follow a pattern"),
    ("dependencies", "dependencies between members"),
    ("contains", "an element that a list must contain"),
];

/// The schema. `path` is where it stands, for faults.
pub(super) fn schema(json: &Literal, path: &str, faults: &mut Vec<Fault>) -> Schema {
    let Literal::Object(members) = json else {
        return Schema::default();
    };
    let mut reader = Reader { members, path, faults };
    reader.refused();
    reader.schema()
}

struct Reader<'r> {
    members: &'r Members,
    path: &'r str,
    faults: &'r mut Vec<Fault>,
}

impl Reader<'_> {
    fn refused(&mut self) {
        for (keyword, what) in REFUSED {
            if self.members.contains_key(keyword) {
                self.fault(what);
            }
        }
        if let Some(Literal::List(_)) = self.members.get("type") {
            self.fault("a value of several JSON types");
        }
        if let Some(Literal::Bool(_) | Literal::List(_)) = self.members.get("items") {
            let what = match self.members.get("items") {
                Some(Literal::List(_)) => "a tuple",
                _ => "a list of values of which nothing is known",
            };
            self.fault(what);
        }
    }

    fn fault(&mut self, what: &str) {
        self.faults.push(Fault {
            place: Place::Path(self.path.to_owned()),
            message: format!("this is {what}, which no server takes in a definition"),
        });
    }

    fn text(&self, keyword: &str) -> Option<String> {
        self.members.get(keyword)?.as_str().map(str::to_owned)
    }

    fn value(&self, keyword: &str) -> Option<Literal> {
        self.members
            .get(keyword)
            .filter(|value| **value != Literal::Null)
            .cloned()
    }

    fn on(&self, keyword: &str) -> bool {
        self.members.get(keyword) == Some(&Literal::Bool(true))
    }

    fn count(&self, keyword: &str) -> Option<u64> {
        match self.members.get(keyword)? {
            Literal::Int(value) => u64::try_from(*value).ok(),
            _ => None,
        }
    }

    fn number(&self, keyword: &str) -> Option<Number> {
        match self.members.get(keyword)? {
            Literal::Int(value) => Some(Number::Int(*value)),
            Literal::Float(value) => Some(Number::Float(*value)),
            _ => None,
        }
    }

    fn strings(&self, keyword: &str) -> Vec<String> {
        match self.members.get(keyword) {
            Some(Literal::List(values)) => {
                let texts = values.iter().filter_map(Literal::as_str);
                texts.map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }

    fn inner(&mut self, json: &Literal, step: &str) -> Schema {
        let path = format!("{}{step}", self.path);
        schema(json, &path, self.faults)
    }

    fn schema(&mut self) -> Schema {
        Schema {
            reference: None,
            about: About {
                description: self.text("description"),
                title: self.text("title"),
                external_docs: None,
                example: self.value("example"),
                default: self.value("default"),
            },
            type_: self.text("type").and_then(|name| JsonType::named(&name)),
            format: self.text("format"),
            nullable: self.on("nullable"),
            items: match self.members.get("items") {
                Some(items @ Literal::Object(_)) => Some(Box::new(self.inner(items, "[]"))),
                _ => None,
            },
            properties: self.properties(),
            additional_properties: match self.members.get("additionalProperties") {
                Some(Literal::Bool(allowed)) => Some(AdditionalProperties::Allowed(*allowed)),
                Some(each @ Literal::Object(_)) => Some(AdditionalProperties::Each(Box::new(self.inner(each, "{}")))),
                _ => None,
            },
            limits: self.limits(),
            logic: self.logic(),
            kubernetes: self.kubernetes(),
            extensions: BTreeMap::new(),
            stands_alone: false,
        }
    }

    fn properties(&mut self) -> BTreeMap<String, Schema> {
        let Some(Literal::Object(properties)) = self.members.get("properties") else {
            return BTreeMap::new();
        };
        let properties = properties.iter();
        properties
            .map(|(name, json)| (name.clone(), self.inner(json, &format!(".{name}"))))
            .collect()
    }

    fn limits(&self) -> Limits {
        let bound = |keyword: &str, exclusive: &str| {
            Some(Bound {
                value: self.number(keyword)?,
                exclusive: self.on(exclusive),
            })
        };
        let mut required = self.strings("required");
        required.sort();
        Limits {
            minimum: bound("minimum", "exclusiveMinimum"),
            maximum: bound("maximum", "exclusiveMaximum"),
            multiple_of: self.number("multipleOf"),
            min_length: self.count("minLength"),
            max_length: self.count("maxLength"),
            pattern: self.text("pattern"),
            min_items: self.count("minItems"),
            max_items: self.count("maxItems"),
            unique_items: self.on("uniqueItems"),
            min_properties: self.count("minProperties"),
            max_properties: self.count("maxProperties"),
            required,
            enum_: match self.members.get("enum") {
                Some(Literal::List(values)) => values.clone(),
                _ => Vec::new(),
            },
            range: None,
        }
    }

    fn logic(&mut self) -> Logic {
        let mut branches = |keyword: &str| match self.members.get(keyword) {
            Some(Literal::List(values)) => values.iter().map(|json| self.inner(json, "")).collect(),
            _ => Vec::new(),
        };
        let (all_of, any_of, one_of) = (branches("allOf"), branches("anyOf"), branches("oneOf"));
        Logic {
            all_of,
            any_of,
            one_of,
            not: self.members.get("not").map(|json| Box::new(self.inner(json, ""))),
        }
    }

    fn kubernetes(&self) -> Kubernetes {
        Kubernetes {
            preserve_unknown_fields: self.on("x-kubernetes-preserve-unknown-fields"),
            embedded_resource: self.on("x-kubernetes-embedded-resource"),
            int_or_string: self.on("x-kubernetes-int-or-string"),
            list_type: match self.text("x-kubernetes-list-type").as_deref() {
                Some("atomic") => Some(ListType::Atomic),
                Some("set") => Some(ListType::Set),
                Some("map") => Some(ListType::Map(self.strings("x-kubernetes-list-map-keys"))),
                _ => None,
            },
            map_type: match self.text("x-kubernetes-map-type").as_deref() {
                Some("atomic") => Some(MapType::Atomic),
                Some("granular") => Some(MapType::Granular),
                _ => None,
            },
            validations: match self.members.get("x-kubernetes-validations") {
                Some(Literal::List(rules)) => rules.iter().filter_map(rule).collect(),
                _ => Vec::new(),
            },
            ..Kubernetes::default()
        }
    }
}

fn rule(json: &Literal) -> Option<CelRule> {
    let Literal::Object(members) = json else { return None };
    let text = |name: &str| members.get(name)?.as_str().map(str::to_owned);
    Some(CelRule {
        rule: text("rule").unwrap_or_default(),
        message: text("message"),
        message_expression: text("messageExpression"),
        reason: text("reason"),
        field_path: text("fieldPath"),
        optional_old_self: match members.get("optionalOldSelf") {
            Some(Literal::Bool(optional)) => Some(*optional),
            _ => None,
        },
    })
}
