//! A document as OpenAPI 2.0 (Swagger), in the order in which people read it. Parameters stand once, at the end;
//! schemas lose what this version has no words for.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::schema::Schema;

use super::document::{Body, Document, Operation, Path, Response};
use super::json::{Info, KindOf, Object, SECURITY, Security};
use super::legacy;
use super::parameters::{Parameter, Place};

/// Where version 2 keeps its schemas.
pub(super) const DEFINITIONS: &str = "#/definitions/";
/// Where it keeps its parameters.
const PARAMETERS: &str = "#/parameters/";

/// What it holds, written as OpenAPI 2.0.
#[derive(Clone, Copy, Debug)]
pub struct V2<'a, T: ?Sized>(pub &'a T);

impl Serialize for V2<'_, Document> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Document {
            title,
            version,
            paths,
            definitions,
        } = self.0;
        let definitions: BTreeMap<&str, Schema> = definitions
            .iter()
            .map(|(name, schema)| (name.as_str(), legacy::schema(schema)))
            .collect();
        let parameters: BTreeSet<&Parameter> = paths.iter().flat_map(parameters).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("swagger", "2.0")?;
        map.serialize_entry("info", &Info { title, version })?;
        map.serialize_entry(
            "paths",
            &Object(|| paths.iter().map(|path| (path.path.as_str(), V2(path)))),
        )?;
        map.serialize_entry("definitions", &definitions)?;
        map.serialize_entry(
            "parameters",
            &Object(|| parameters.iter().map(|have| (have.name, V2(*have)))),
        )?;
        map.serialize_entry("securityDefinitions", &SECURITY)?;
        map.serialize_entry("security", &[Object(|| [(Security::NAME, [(); 0])].into_iter())])?;
        map.end()
    }
}

fn parameters(path: &Path) -> impl Iterator<Item = &Parameter> {
    path.parameters
        .iter()
        .chain(path.operations.iter().flat_map(|operation| &operation.parameters))
}

impl Serialize for V2<'_, Path> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.0.parameters.is_empty() {
            map.serialize_entry(
                "parameters",
                &Parameters {
                    body: None,
                    others: &self.0.parameters,
                },
            )?;
        }
        for operation in &self.0.operations {
            map.serialize_entry(operation.method.name(), &V2(operation))?;
        }
        map.end()
    }
}

impl Serialize for V2<'_, Operation> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let operation = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("tags", &[&operation.tag])?;
        map.serialize_entry("description", &operation.description)?;
        map.serialize_entry("operationId", &operation.id)?;
        map.serialize_entry("schemes", &["https"])?;
        if let Some(body) = &operation.body {
            map.serialize_entry("consumes", body.consumes)?;
        }
        map.serialize_entry("produces", operation.produces)?;
        if operation.body.is_some() || !operation.parameters.is_empty() {
            let parameters = Parameters {
                body: operation.body.as_ref(),
                others: &operation.parameters,
            };
            map.serialize_entry("parameters", &parameters)?;
        }
        let responses = || operation.responses.iter().map(|response| (response.code, V2(response)));
        map.serialize_entry("responses", &Object(responses))?;
        if let Some(target) = &operation.target {
            map.serialize_entry("x-kubernetes-action", target.action)?;
            map.serialize_entry("x-kubernetes-group-version-kind", &KindOf(&target.kind))?;
        }
        map.end()
    }
}

/// The parameters at one place: the body and references to the others.
struct Parameters<'a> {
    body: Option<&'a Body>,
    others: &'a [Parameter],
}

/// One of [`Parameters`].
enum Entry<'a> {
    Body(&'a Body),
    Other(&'a Parameter),
}

impl Serialize for Parameters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let others = self.others.iter().map(Entry::Other);
        serializer.collect_seq(self.body.map(Entry::Body).into_iter().chain(others))
    }
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Body(body) => V2(*body).serialize(serializer),
            Self::Other(parameter) => {
                Schema::reference(format!("{PARAMETERS}{}", parameter.name)).serialize(serializer)
            }
        }
    }
}

impl Serialize for V2<'_, Body> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", "body")?;
        map.serialize_entry("in", "body")?;
        if self.0.required {
            map.serialize_entry("required", &true)?;
        }
        map.serialize_entry("schema", &definition(&self.0.definition))?;
        map.end()
    }
}

impl Serialize for V2<'_, Parameter> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parameter = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", parameter.name)?;
        map.serialize_entry("in", parameter.place.name())?;
        map.serialize_entry("description", parameter.description)?;
        if parameter.place == Place::Path {
            map.serialize_entry("required", &true)?;
        }
        map.serialize_entry("type", parameter.type_.name())?;
        map.serialize_entry("uniqueItems", &true)?;
        map.end()
    }
}

impl Serialize for V2<'_, Response> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("description", self.0.reason())?;
        if let Some(name) = &self.0.definition {
            map.serialize_entry("schema", &definition(name))?;
        }
        map.end()
    }
}

fn definition(name: &str) -> Schema {
    Schema::reference(format!("{DEFINITIONS}{name}"))
}
