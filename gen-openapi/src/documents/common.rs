//! The definitions of Kubernetes that every document needs for its operations, whether or not a person's types use them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::LazyLock;

use kgen_model::known::{self, Known};
use kgen_model::{Builtin, Model, TypeId};

use crate::schema::{GroupVersionKind, JsonType, Logic, Schema};

pub(super) const API_RESOURCE_LIST: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList";
pub(super) const DELETE_OPTIONS: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";
pub(super) const LIST_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";
pub(super) const PATCH: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.Patch";
pub(super) const SCALE: &str = "io.k8s.api.autoscaling.v1.Scale";
pub(super) const STATUS: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.Status";
pub(super) const WATCH_EVENT: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent";

/// The names of builtins that have a definition.
static BUILTINS: LazyLock<BTreeMap<Builtin, &'static str>> = LazyLock::new(|| {
    let builtin = |name| match known::named(name) {
        Some(Known::Builtin(builtin)) => Some((builtin, name)),
        Some(Known::Definition(_)) | None => None,
    };
    known::definitions().filter_map(builtin).collect()
});

/// A model of the definitions above and of those that they use, without versions and resources.
pub(super) fn model() -> Model {
    let roots = [
        API_RESOURCE_LIST,
        DELETE_OPTIONS,
        LIST_META,
        PATCH,
        SCALE,
        STATUS,
        WATCH_EVENT,
    ];
    let mut ids = BTreeMap::new();
    let mut waiting = VecDeque::new();
    let mut count = 0;
    let mut id_of = |name: &'static str, waiting: &mut VecDeque<&'static str>| {
        *ids.entry(name).or_insert_with(|| {
            waiting.push_back(name);
            count += 1;
            TypeId(count - 1)
        })
    };
    for root in roots {
        id_of(root, &mut waiting);
    }
    let mut model = Model::default();
    while let Some(name) = waiting.pop_front() {
        let ty = known::definition(name, &mut |name| id_of(name, &mut waiting));
        model
            .types
            .push(ty.expect("the table of Kubernetes has what it refers to"));
    }
    model
}

/// The kinds that a definition of Kubernetes describes, beside those of a document's own versions.
pub(super) fn kinds(name: &str) -> Vec<GroupVersionKind> {
    let group = match name {
        SCALE => "autoscaling",
        API_RESOURCE_LIST | DELETE_OPTIONS | STATUS | WATCH_EVENT => "",
        _ => return Vec::new(),
    };
    vec![GroupVersionKind {
        group: group.to_owned(),
        version: "v1".to_owned(),
        kind: last_segment(name),
    }]
}

/// Whether every version of every group has this kind as its own.
pub(super) fn is_of_every_version(name: &str) -> bool {
    matches!(name, DELETE_OPTIONS | WATCH_EVENT)
}

/// The kind behind a definition's name.
pub(super) fn last_segment(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_owned()
}

/// What a use of a builtin is: a reference where Kubernetes has a definition of a certain form.
pub(super) fn builtin(builtin: Builtin) -> Schema {
    match (BUILTINS.get(&builtin), builtin_definition(builtin)) {
        (Some(name), Some(_)) => Schema::reference(format!("{}{name}", super::v3::COMPONENTS)),
        _ => crate::structural::builtin_schema(builtin),
    }
}

/// The definition of a builtin, if that says more than "anything".
pub(super) fn builtin_definition(builtin: Builtin) -> Option<Schema> {
    let one_of = |types: [JsonType; 2]| {
        let one_of = types.map(Schema::of_type).into();
        Schema {
            logic: Logic {
                one_of,
                ..Logic::default()
            },
            ..Schema::default()
        }
    };
    let mut schema = match builtin {
        Builtin::Time | Builtin::MicroTime => Schema::of_type(JsonType::String).format("date-time"),
        Builtin::Quantity => one_of([JsonType::String, JsonType::Number]),
        Builtin::IntOrString => one_of([JsonType::Integer, JsonType::String]).format("int-or-string"),
        Builtin::RawExtension | Builtin::FieldsV1 => Schema::of_type(JsonType::Object),
        Builtin::Duration | Builtin::ByteString | Builtin::Json | Builtin::EmbeddedObject => return None,
    };
    let definition = known::definition(BUILTINS.get(&builtin)?, &mut |_| TypeId(0));
    schema.about.description = definition.and_then(|definition| definition.facts.description);
    Some(schema)
}
