//! A document as OpenAPI 3.0, in the order in which people read it.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::schema::Schema;

use super::document::{Body, Document, Operation, Path, Response};
use super::json::{Info, KindOf, Object, SECURITY};
use super::parameters::{Parameter, Place};

/// Where version 3 keeps its schemas.
pub(super) const COMPONENTS: &str = "#/components/schemas/";

/// What it holds, written as OpenAPI 3.0.
#[derive(Clone, Copy, Debug)]
pub struct V3<'a, T: ?Sized>(pub &'a T);

impl Serialize for V3<'_, Document> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Document {
            title,
            version,
            paths,
            definitions,
        } = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("openapi", "3.0.0")?;
        map.serialize_entry("info", &Info { title, version })?;
        map.serialize_entry(
            "paths",
            &Object(|| paths.iter().map(|path| (path.path.as_str(), V3(path)))),
        )?;
        map.serialize_entry("components", &V3(definitions))?;
        map.end()
    }
}

impl Serialize for V3<'_, BTreeMap<String, Schema>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schemas", self.0)?;
        map.serialize_entry("securitySchemes", &SECURITY)?;
        map.end()
    }
}

impl Serialize for V3<'_, Path> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.0.parameters.is_empty() {
            map.serialize_entry("parameters", &V3(self.0.parameters.as_slice()))?;
        }
        for operation in &self.0.operations {
            map.serialize_entry(operation.method.name(), &V3(operation))?;
        }
        map.end()
    }
}

impl Serialize for V3<'_, Operation> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let operation = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("tags", &[&operation.tag])?;
        map.serialize_entry("description", &operation.description)?;
        map.serialize_entry("operationId", &operation.id)?;
        if !operation.parameters.is_empty() {
            map.serialize_entry("parameters", &V3(operation.parameters.as_slice()))?;
        }
        if let Some(body) = &operation.body {
            map.serialize_entry("requestBody", &V3(body))?;
        }
        let responses = || {
            operation
                .responses
                .iter()
                .map(|response| (response.code, Answer { operation, response }))
        };
        map.serialize_entry("responses", &Object(responses))?;
        if let Some(target) = &operation.target {
            map.serialize_entry("x-kubernetes-action", target.action)?;
            map.serialize_entry("x-kubernetes-group-version-kind", &KindOf(&target.kind))?;
        }
        map.end()
    }
}

impl Serialize for V3<'_, [Parameter]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(V3))
    }
}

impl Serialize for V3<'_, Parameter> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parameter = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", parameter.name)?;
        map.serialize_entry("in", parameter.place.name())?;
        map.serialize_entry("description", parameter.description)?;
        if parameter.place == Place::Path {
            map.serialize_entry("required", &true)?;
        }
        map.serialize_entry("schema", &ScalarSchema(parameter))?;
        map.end()
    }
}

/// The schema of a parameter. `uniqueItems` says nothing about a scalar, but Kubernetes writes it.
struct ScalarSchema<'a>(&'a Parameter);

impl Serialize for ScalarSchema<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.0.type_.name())?;
        map.serialize_entry("uniqueItems", &true)?;
        map.end()
    }
}

impl Serialize for V3<'_, Body> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if self.0.required {
            map.serialize_entry("required", &true)?;
        }
        map.serialize_entry(
            "content",
            &Content {
                media: self.0.consumes,
                definition: &self.0.definition,
            },
        )?;
        map.end()
    }
}

/// A response with what its operation says about all of them.
struct Answer<'a> {
    operation: &'a Operation,
    response: &'a Response,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("description", self.response.reason())?;
        if let Some(definition) = &self.response.definition {
            map.serialize_entry(
                "content",
                &Content {
                    media: self.operation.produces,
                    definition,
                },
            )?;
        }
        map.end()
    }
}

/// One schema for several media types.
struct Content<'a> {
    media: &'a [&'a str],
    definition: &'a str,
}

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pointer = format!("{COMPONENTS}{}", self.definition);
        let schema = || [("$ref", pointer.as_str())].into_iter();
        let typed = || [("schema", Object(schema))].into_iter();
        serializer.collect_map(self.media.iter().map(|media| (media, Object(typed))))
    }
}
