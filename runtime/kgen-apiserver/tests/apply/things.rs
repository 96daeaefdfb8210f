//! An object of a kind with one of everything, and what is written to it.

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use kgen_apiserver::apply::{ApplyError, FieldManager, ManagedFields, ObjectType, SingleVersion, Written};
use serde_json::{Value, json};

pub(crate) const API_VERSION: &str = "example.com/v1";

/// The `openAPIV3Schema` of the kind.
pub(crate) const SCHEMA: &str = "
type: object
properties:
  spec:
    type: object
    properties:
      n: {type: integer}
      text: {type: string}
      atomic: {type: array, items: {type: string}}
      set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
      ports:
        type: array
        x-kubernetes-list-type: map
        x-kubernetes-list-map-keys: [port, protocol]
        items:
          type: object
          required: [port]
          properties:
            port: {type: integer}
            protocol: {type: string, default: TCP}
            name: {type: string}
            tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
      struct:
        type: object
        properties:
          a: {type: string}
          b: {type: string}
      whole:
        type: object
        x-kubernetes-map-type: atomic
        properties:
          red: {type: integer}
          green: {type: integer}
      texts: {type: object, additionalProperties: {type: string}}
      structs:
        type: object
        additionalProperties:
          type: object
          properties:
            a: {type: string}
            b: {type: string}
      free: {type: object, x-kubernetes-preserve-unknown-fields: true}
      size: {x-kubernetes-int-or-string: true}
      template: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
  status:
    type: object
    properties:
      ready: {type: boolean}
";

pub(crate) static TYPE: LazyLock<ObjectType> = LazyLock::new(|| object_type(SCHEMA));

pub(crate) fn object_type(schema: &str) -> ObjectType {
    let schema: Value = serde_saphyr::from_str(schema).expect("the schema is YAML");
    ObjectType::from_crd(&schema).expect("the schema is one")
}

/// An object with this spec, or without one if it is empty.
pub(crate) fn thing(spec: Value) -> Value {
    let metadata = json!({"name": "t", "namespace": "ns"});
    if spec == json!({}) {
        return json!({"apiVersion": API_VERSION, "kind": "Thing", "metadata": metadata});
    }
    json!({"apiVersion": API_VERSION, "kind": "Thing", "metadata": metadata, "spec": spec})
}

/// The object in the store, and the clock.
pub(crate) struct Store {
    manager: FieldManager,
    pub(crate) live: Value,
    seconds: i64,
}

impl Store {
    pub(crate) fn new() -> Self {
        Self::of(&TYPE)
    }

    pub(crate) fn of(ty: &ObjectType) -> Self {
        Self {
            manager: main_endpoint(ty),
            live: Value::Null,
            seconds: 1_700_000_000,
        }
    }

    /// The same object through another endpoint or with another type.
    pub(crate) fn through(self, manager: FieldManager) -> Self {
        Self { manager, ..self }
    }

    pub(crate) fn try_apply(&mut self, manager: &str, spec: Value, force: bool) -> Result<(), ApplyError> {
        self.try_apply_object(manager, &thing(spec), force)
    }

    pub(crate) fn try_apply_object(&mut self, manager: &str, object: &Value, force: bool) -> Result<(), ApplyError> {
        let now = self.now();
        let written = self.manager.apply(self.live.clone(), object, manager, force, now)?;
        self.store(written);
        Ok(())
    }

    pub(crate) fn apply(mut self, manager: &str, spec: Value) -> Self {
        self.try_apply(manager, spec, false).expect("nothing stands against it");
        self
    }

    pub(crate) fn force(mut self, manager: &str, spec: Value) -> Self {
        self.try_apply(manager, spec, true).expect("force takes all");
        self
    }

    pub(crate) fn update(self, manager: &str, spec: Value) -> Self {
        let mut object = thing(spec);
        if let Some(uid) = self.live.pointer("/metadata/uid") {
            object["metadata"]["uid"] = uid.clone();
        }
        self.update_object(manager, object)
    }

    pub(crate) fn update_object(mut self, manager: &str, object: Value) -> Self {
        let now = self.now();
        let written = self.manager.update(&self.live, object, manager, now);
        self.store(written);
        self
    }

    fn now(&mut self) -> Timestamp {
        self.seconds += 1;
        Timestamp::from_second(self.seconds).expect("a time of this century")
    }

    fn store(&mut self, written: Written) {
        self.live = written.into_object();
        self.live["metadata"]["uid"] = "uid-1".into();
    }

    #[track_caller]
    pub(crate) fn has(self, spec: Value) -> Self {
        assert_eq!(self.live.get("spec").cloned().unwrap_or_default(), spec);
        self
    }

    /// Checks who owns what: `manager Operation {fields of spec}`, in the order of the object.
    #[track_caller]
    pub(crate) fn owned(self, want: &[&str]) -> Self {
        assert_eq!(self.owners(), want);
        self
    }

    pub(crate) fn owners(&self) -> Vec<String> {
        let managed = serde_json::to_value(self.managed()).expect("managers have a JSON form");
        let entries = managed.as_array().expect("a list").iter();
        let line = |entry: &Value| {
            let (manager, operation) = (entry["manager"].as_str(), entry["operation"].as_str());
            let spec = entry["fieldsV1"]
                .get("f:spec")
                .map(Value::to_string)
                .unwrap_or_default();
            format!(
                "{} {} {spec}",
                manager.unwrap_or_default(),
                operation.unwrap_or_default()
            )
            .trim_end()
            .to_owned()
        };
        entries.map(line).collect()
    }

    pub(crate) fn managed(&self) -> ManagedFields {
        self.live["metadata"]
            .get("managedFields")
            .map_or_else(ManagedFields::default, |managed| {
                ManagedFields::decode(managed).expect("what was written can be read")
            })
    }
}

pub(crate) fn main_endpoint(ty: &ObjectType) -> FieldManager {
    FieldManager::new(
        API_VERSION,
        "Thing",
        Arc::new(SingleVersion::new(API_VERSION, ty.clone())),
    )
}

/// The message of a refused apply.
#[track_caller]
pub(crate) fn refusal(store: &mut Store, manager: &str, spec: Value) -> String {
    store
        .try_apply(manager, spec, false)
        .expect_err("the apply is refused")
        .to_string()
}
