//! Schemas from OpenAPI v3: whole documents of a group and version, and the schemas of CRDs.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde_json::{Map as Json, Value};
use smol_str::SmolStr;

use super::object_meta::{self, OBJECT_META};
use super::{Field, List, ListMerge, Map, Scalar, Schema, Type, TypeId};
use crate::apply::MAX_DEPTH;

/// Why something is no schema that objects could be merged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSchema {
    /// Where it is wrong, such as `com.example.v1.Shop.spec.tags`.
    pub place: String,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for InvalidSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for InvalidSchema {}

const QUANTITY: &str = "io.k8s.apimachinery.pkg.api.resource.Quantity";
const RAW_EXTENSION: &str = "io.k8s.apimachinery.pkg.runtime.RawExtension";
const GVK: &str = "x-kubernetes-group-version-kind";

impl Schema {
    /// The kinds of an OpenAPI v3 document, by their `x-kubernetes-group-version-kind`, and what they refer to.
    pub fn from_openapi(document: &Value) -> Result<Self, InvalidSchema> {
        let models = document.pointer("/components/schemas").and_then(Value::as_object);
        let mut reader = Reader::new(models);
        let mut roots = HashMap::new();
        for (name, model) in models.into_iter().flatten() {
            for root in kinds(model) {
                roots.insert(root, reader.named(name, "components.schemas")?);
            }
        }
        Ok(Self {
            types: reader.finish()?,
            roots,
        })
    }

    /// The kind whose `openAPIV3Schema` a CRD holds, and its type. Metadata and `apiVersion` and `kind` are those of
    /// every object, whatever the CRD says.
    pub(crate) fn from_crd(schema: &Value) -> Result<(Self, TypeId), InvalidSchema> {
        let mut reader = Reader {
            resources: Resources::Completed,
            ..Reader::new(None)
        };
        let root = reader.object(schema)?;
        Ok((
            Self {
                types: reader.finish()?,
                roots: HashMap::new(),
            },
            root,
        ))
    }
}

/// `apiVersion` and `kind` of each kind that a model is.
fn kinds(model: &Value) -> Vec<(String, String)> {
    let names = model.get(GVK).and_then(Value::as_array).into_iter().flatten();
    let names = names.filter_map(|name| {
        let part = |key: &str| name.get(key).and_then(Value::as_str);
        let (group, version, kind) = (part("group")?, part("version")?, part("kind")?);
        let api_version = if group.is_empty() {
            version.to_owned()
        } else {
            format!("{group}/{version}")
        };
        (!kind.is_empty()).then(|| (api_version, kind.to_owned()))
    });
    names.collect()
}

struct Reader<'a> {
    models: Option<&'a Json<String, Value>>,
    resources: Resources,
    types: Vec<Type>,
    named: HashMap<&'a str, TypeId>,
    /// Named types whose schemas are not read yet. A queue, because types may be recursive.
    queue: Vec<(TypeId, &'a str, &'a Value)>,
    /// Types that are another type with another way to merge.
    overrides: Vec<(TypeId, TypeId, bool)>,
}

/// Whether embedded resources have the properties of every object, or get them.
#[derive(Clone, Copy, PartialEq)]
enum Resources {
    Declared,
    Completed,
}

/// Where the reader is.
#[derive(Clone, Copy)]
struct At<'p> {
    parent: Option<&'p At<'p>>,
    name: &'p str,
    depth: usize,
    keeps_unknown: bool,
}

impl<'p> At<'p> {
    fn root(name: &'p str) -> Self {
        Self {
            parent: None,
            name,
            depth: 0,
            keeps_unknown: false,
        }
    }

    fn below(&'p self, name: &'p str) -> At<'p> {
        At {
            parent: Some(self),
            name,
            depth: self.depth + 1,
            keeps_unknown: self.keeps_unknown,
        }
    }

    fn place(&self) -> String {
        match self.parent {
            None => self.name.to_owned(),
            Some(parent) => format!("{}.{}", parent.place(), self.name),
        }
    }

    fn error(&self, problem: impl Into<String>) -> InvalidSchema {
        InvalidSchema {
            place: self.place(),
            problem: problem.into(),
        }
    }
}

impl<'a> Reader<'a> {
    fn new(models: Option<&'a Json<String, Value>>) -> Self {
        Self {
            models,
            resources: Resources::Declared,
            types: Schema::builtin(),
            named: HashMap::new(),
            queue: Vec::new(),
            overrides: Vec::new(),
        }
    }

    /// Reads what was referred to.
    fn finish(mut self) -> Result<Vec<Type>, InvalidSchema> {
        while let Some((id, name, schema)) = self.queue.pop() {
            let ty = match name {
                QUANTITY => Type {
                    scalar: Some(Scalar::Any),
                    ..Type::default()
                },
                RAW_EXTENSION => self.types[Schema::ATOMIC.0 as usize].clone(),
                _ => self.ty(schema, At::root(name))?,
            };
            self.types[id.0 as usize] = ty;
        }
        for (id, base, is_atomic) in self.overrides {
            let mut ty = self.types[base.0 as usize].clone();
            if let Some(map) = &mut ty.map {
                map.is_atomic = is_atomic;
            } else if let Some(list) = &mut ty.list {
                list.merge = ListMerge::Atomic;
            }
            self.types[id.0 as usize] = ty;
        }
        Ok(self.types)
    }

    fn add(&mut self, ty: Type) -> TypeId {
        // A document with 2^32 types does not fit into memory.
        let id = TypeId(self.types.len() as u32);
        self.types.push(ty);
        id
    }

    fn named(&mut self, name: &'a str, place: &str) -> Result<TypeId, InvalidSchema> {
        if let Some(id) = self.named.get(name) {
            return Ok(*id);
        }
        let problem = |problem: String| InvalidSchema {
            place: place.to_owned(),
            problem,
        };
        let schema = match self.models.and_then(|models| models.get(name)) {
            Some(schema) => schema,
            None if name == OBJECT_META => &object_meta::SCHEMA,
            None => return Err(problem(format!("refers to {name}, which the document does not have"))),
        };
        if let Some(other) = referred(schema) {
            return Err(problem(format!(
                "refers to {name}, which is only another name of {other}"
            )));
        }
        let id = self.add(Type::default());
        self.named.insert(name, id);
        self.queue.push((id, name, schema));
        Ok(id)
    }

    /// A kind that a CRD declares.
    fn object(&mut self, schema: &'a Value) -> Result<TypeId, InvalidSchema> {
        let at = At::root("openAPIV3Schema");
        let mut ty = self.ty(schema, at)?;
        match &mut ty.map {
            Some(map) => self.complete(map)?,
            None => return Err(at.error("must be an object")),
        }
        Ok(self.add(ty))
    }

    /// Gives the type of a resource the properties of every object.
    fn complete(&mut self, map: &mut Map) -> Result<(), InvalidSchema> {
        let text = self.add(Type {
            scalar: Some(Scalar::String),
            ..Type::default()
        });
        let metadata = self.named(OBJECT_META, "metadata")?;
        for (name, ty) in [("apiVersion", text), ("kind", text), ("metadata", metadata)] {
            map.fields
                .insert(SmolStr::new_static(name), Field { ty, default: None });
        }
        map.is_untyped = false;
        Ok(())
    }

    /// The type of a schema, and whether it was declared in place.
    fn reference(&mut self, schema: &'a Value, at: At<'_>) -> Result<(TypeId, bool), InvalidSchema> {
        let Some(name) = referred(schema) else {
            let ty = self.ty(schema, at)?;
            return Ok((self.add(ty), true));
        };
        let base = self.named(name, &at.place())?;
        let Some(is_atomic) = map_type(schema, at)? else {
            return Ok((base, false));
        };
        let id = self.add(Type::default());
        self.overrides.push((id, base, is_atomic));
        Ok((id, false))
    }

    fn ty(&mut self, schema: &'a Value, mut at: At<'_>) -> Result<Type, InvalidSchema> {
        if at.depth > MAX_DEPTH {
            return Err(at.error("is nested too deeply"));
        }
        at.keeps_unknown |= schema.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true));
        let scalar = |scalar| {
            Ok(Type {
                scalar: Some(scalar),
                ..Type::default()
            })
        };
        match type_name(schema) {
            None => Ok(Type {
                scalar: Some(Scalar::Any),
                list: Some(self.list(schema, at)?),
                map: Some(self.map(schema, at)?),
            }),
            Some("object") => Ok(Type {
                map: Some(self.map(schema, at)?),
                ..Type::default()
            }),
            Some("array") if schema.get("items").is_none() => Err(at.error("is an array without `items`")),
            Some("array") => Ok(Type {
                list: Some(self.list(schema, at)?),
                ..Type::default()
            }),
            Some("integer" | "number") => scalar(Scalar::Number),
            Some("boolean") => scalar(Scalar::Bool),
            Some("string") => match schema.get("format").and_then(Value::as_str) {
                None | Some("" | "byte") => scalar(Scalar::String),
                Some(_) => scalar(Scalar::Any),
            },
            Some(other) => Err(at.error(format!("has the unknown type `{other}`"))),
        }
    }

    fn map(&mut self, schema: &'a Value, at: At<'_>) -> Result<Map, InvalidSchema> {
        let properties = schema.get("properties").and_then(Value::as_object);
        let mut fields = BTreeMap::new();
        for (name, member) in properties.into_iter().flatten() {
            let (ty, _) = self.reference(member, at.below(name))?;
            fields.insert(
                SmolStr::from(name.as_str()),
                Field {
                    ty,
                    default: member.get("default").cloned(),
                },
            );
        }
        let others = match schema.get("additionalProperties") {
            None if at.keeps_unknown || fields.is_empty() => Some((Schema::DEDUCED, false)),
            None | Some(Value::Bool(false)) => None,
            Some(Value::Bool(true)) => Some((Schema::DEDUCED, false)),
            Some(members) => Some(self.reference(members, at.below("*"))?),
        };
        let is_untyped = fields.is_empty()
            && others.is_some_and(|(ty, in_place)| {
                ty == Schema::DEDUCED || in_place && self.types[ty.0 as usize].scalar == Some(Scalar::Any)
            });
        let is_atomic = map_type(schema, at)?.unwrap_or(false);
        let mut map = Map {
            fields,
            others: others.map(|(ty, _)| ty),
            is_atomic,
            is_untyped,
        };
        let is_resource = schema.get("x-kubernetes-embedded-resource") == Some(&Value::Bool(true));
        if is_resource && self.resources == Resources::Completed {
            self.complete(&mut map)?;
        }
        Ok(map)
    }

    fn list(&mut self, schema: &'a Value, at: At<'_>) -> Result<List, InvalidSchema> {
        let items = match schema.get("items") {
            Some(items) => self.reference(items, at.below("[]"))?.0,
            None => Schema::ATOMIC,
        };
        Ok(List {
            items,
            merge: list_merge(schema, at)?,
        })
    }
}

/// What a schema refers to, directly or, so that it can have a description, through `allOf`.
fn referred(schema: &Value) -> Option<&str> {
    let wrapped = || match schema.get("allOf")?.as_array()?.as_slice() {
        [only] => only.get("$ref"),
        _ => None,
    };
    let reference = schema.get("$ref").or_else(wrapped)?.as_str()?;
    Some(reference.rsplit_once('/').map_or(reference, |(_, name)| name))
}

fn type_name(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(name) if !name.is_empty() => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        _ => None,
    }
}

/// Whether a map says that it is one value, if it says anything.
fn map_type(schema: &Value, at: At<'_>) -> Result<Option<bool>, InvalidSchema> {
    match schema.get("x-kubernetes-map-type") {
        None => Ok(None),
        Some(Value::String(name)) if name == "atomic" => Ok(Some(true)),
        Some(Value::String(name)) if name == "granular" => Ok(Some(false)),
        Some(other) => Err(at.error(format!("has the unknown map type {other}"))),
    }
}

fn list_merge(schema: &Value, at: At<'_>) -> Result<ListMerge, InvalidSchema> {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    if let Some(list_type) = schema.get("x-kubernetes-list-type") {
        return match list_type.as_str() {
            Some("atomic") => Ok(ListMerge::Atomic),
            Some("set") => Ok(ListMerge::Set),
            Some("map") => {
                let keys = schema.get("x-kubernetes-list-map-keys").and_then(Value::as_array);
                let keys =
                    keys.ok_or_else(|| at.error("is a list of type map without `x-kubernetes-list-map-keys`"))?;
                Ok(ListMerge::Map(
                    keys.iter().filter_map(Value::as_str).map(SmolStr::from).collect(),
                ))
            }
            _ => Err(at.error(format!("has the unknown list type {list_type}"))),
        };
    }
    // What built-in types say for strategic merge patches, where they say nothing else.
    match text("x-kubernetes-patch-strategy") {
        Some("merge" | "merge,retainKeys") => match text("x-kubernetes-patch-merge-key") {
            Some(key) => Ok(ListMerge::Map(vec![SmolStr::from(key)])),
            None => Ok(ListMerge::Set),
        },
        None | Some("retainKeys") => Ok(ListMerge::Atomic),
        Some(other) => Err(at.error(format!("has the unknown patch strategy `{other}`"))),
    }
}
