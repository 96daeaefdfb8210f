//! The subresource `scale`: how many there are of something and how many there shall be, in the same form for all kinds.
//!
//! Its object is a view of the object that it lies beneath. Writing it changes one field there, and who owns that field.

use std::sync::{Arc, LazyLock};

use http::StatusCode;
use http::header::CONTENT_TYPE;
use jiff::Timestamp;
use kgen::codec;
use kgen::k8s::ObjectMeta;
use kgen::k8s_openapi::api::autoscaling::v1::{Scale, ScaleSpec, ScaleStatus};
use kgen::scheme::{JsonPath, Scale as Places};
use kgen::validation::{Error, Errors, Path};
use kgen::{GroupVersionKind, Object};
use serde_json::{Map, Value, json};

use super::field_validation::FieldValidation;
use super::live::{Change, Live};
use super::patch::{self, Document};
use super::write_options::{PatchOptions, WriteOptions};
use super::{Target, apply, body, encode, fields, options, read_failure, update};
use crate::apply::{
    FieldManager, ManagedFields, ObjectType, PathElement, ReplicasPaths, SCALE_API_VERSION, SingleVersion,
};
use crate::failure::Failure;
use crate::negotiation;
use crate::request::Request;
use crate::resource::Resource;
use crate::response::Response;

/// What a `Scale` looks like, for merging.
static KEEPER: LazyLock<FieldManager> = LazyLock::new(|| {
    let count = json!({"type": "integer", "format": "int32"});
    let schema = json!({"type": "object", "properties": {
        "spec": {"type": "object", "properties": {"replicas": count}},
        "status": {"type": "object", "properties": {"replicas": count, "selector": {"type": "string"}}},
    }});
    let ty = ObjectType::from_crd(&schema).expect("the schema of Scale is one");
    let versions = SingleVersion::new(SCALE_API_VERSION, ty);
    FieldManager::new(SCALE_API_VERSION, "Scale", Arc::new(versions)).with_subresource("scale")
});

static GVK: LazyLock<GroupVersionKind> = LazyLock::new(GroupVersionKind::of::<Scale>);

/// Reads the scale of an object.
///
/// # Errors
/// If the object is not there or cannot be read.
pub(super) async fn get(target: &Target<'_>, request: &Request) -> Result<Response, Failure> {
    let info = &request.resource;
    let key = target.key(info, &info.name)?;
    let at = options::at(request.query.get("resourceVersion"))?;
    let read = target.resource.reader.get(&key, at).await;
    let (_, item) = read.map_err(|error| read_failure(error, &info.subject(), info.verb))?;
    let item = item.ok_or_else(|| Failure::not_found(&info.subject()))?;
    let hub = encode::decode_stored(target.resource, item.entry())?;
    respond(target, request, hub)
}

/// Replaces the scale of an object.
///
/// # Errors
/// If the body is no scale, or as for any update.
pub(super) async fn put(target: Target<'_>, request: &Request) -> Result<Response, Failure> {
    let options = WriteOptions::of_update(request)?;
    let mut scaling = Scaling::of_update(target, request, &options)?;
    let updated = update::update(target, request, &options, &mut scaling).await?;
    respond(&target, request, updated.object)
}

/// Patches the scale of an object.
///
/// # Errors
/// If the body is no patch, or as for any update.
pub(super) async fn patch(target: Target<'_>, request: &Request) -> Result<Response, Failure> {
    let sort = negotiation::patch(request.header(CONTENT_TYPE))?;
    let options = PatchOptions::of(request, sort == negotiation::Patch::Apply)?;
    let mut scaling = Scaling::of_patch(target, request, sort, &options)?;
    let updated = update::update(target, request, &options.write, &mut scaling).await?;
    respond(&target, request, updated.object)
}

fn respond(target: &Target<'_>, request: &Request, hub: Box<dyn Object>) -> Result<Response, Failure> {
    let object = encode::in_version(target.version, hub)?.to_json();
    let scale = view(places(target)?, &object.map_err(Failure::internal)?)?;
    let json = serde_json::to_vec(&scale).map_err(Failure::internal)?;
    encode::respond_json(request, StatusCode::OK, &[], &json)
}

/// What somebody wants of a scale.
enum Wish {
    /// To be this.
    Whole(Box<Scale>),
    /// To be changed.
    Patched(Document, FieldValidation),
    /// To have these fields, taken from others by force or not.
    Applied(Value, bool),
}

/// The change that a write of a scale makes to the object that it is of.
struct Scaling<'a> {
    target: Target<'a>,
    request: &'a Request,
    places: &'a Places,
    wish: Wish,
    manager: String,
    now: Timestamp,
}

impl<'a> Scaling<'a> {
    /// What a PUT asks for.
    ///
    /// # Errors
    /// If the body is no scale.
    fn of_update(target: Target<'a>, request: &'a Request, options: &WriteOptions) -> Result<Self, Failure> {
        let text = body::Text::of(request)?;
        let wanted = body::Wanted {
            gvk: &GVK,
            is_known: &|_| false,
        };
        let scale = text.decode(
            &wanted,
            request,
            options.field_validation,
            codec::from_slice::<Scale>,
            codec::from_slice_strict::<Scale>,
        )?;
        Self::new(target, request, Wish::Whole(Box::new(scale)), options)
    }

    /// What a PATCH asks for.
    ///
    /// # Errors
    /// If the body is no patch.
    fn of_patch(
        target: Target<'a>,
        request: &'a Request,
        sort: negotiation::Patch,
        options: &PatchOptions,
    ) -> Result<Self, Failure> {
        let validation = options.write.field_validation;
        let wish = match sort {
            negotiation::Patch::Json => Wish::Patched(Document::operations(&request.body, validation)?, validation),
            negotiation::Patch::Merge => Wish::Patched(Document::difference(&request.body, validation)?, validation),
            negotiation::Patch::Apply => {
                let configuration = apply::configuration(&request.body, validation, &request.warnings)?;
                Wish::Applied(configuration, options.force)
            }
        };
        Self::new(target, request, wish, &options.write)
    }

    fn new(target: Target<'a>, request: &'a Request, wish: Wish, options: &WriteOptions) -> Result<Self, Failure> {
        Ok(Self {
            target,
            request,
            places: places(&target)?,
            wish,
            manager: options.field_manager.clone(),
            now: Timestamp::now(),
        })
    }

    /// The scale as it is wanted, and who owns what of it then.
    fn wanted(&self, live: Value) -> Result<(Scale, ManagedFields), Failure> {
        match &self.wish {
            Wish::Whole(scale) => {
                let scale = (**scale).clone();
                let managed = self.tracked(&live, &scale)?;
                Ok((scale, managed))
            }
            Wish::Patched(document, validation) => {
                let patched = document.apply(live.clone())?;
                let scale = document.object(
                    &patched,
                    &GVK,
                    (*validation, &self.request.warnings),
                    codec::from_slice::<Scale>,
                    codec::from_slice_strict::<Scale>,
                )?;
                let managed = self.tracked(&live, &scale)?;
                Ok((scale, managed))
            }
            Wish::Applied(configuration, force) => {
                let applied = KEEPER.apply(live, configuration, &self.manager, *force, self.now);
                let written = applied.map_err(apply::failure)?;
                let scale = serde_json::from_value(written.object)
                    .map_err(|error| Failure::bad_request(format!("error decoding YAML: {error}")))?;
                Ok((scale, written.managed))
            }
        }
    }

    fn tracked(&self, live: &Value, scale: &Scale) -> Result<ManagedFields, Failure> {
        let new = serde_json::to_value(scale).map_err(Failure::internal)?;
        Ok(KEEPER.update(live, new, &self.manager, self.now).managed)
    }
}

impl Change for Scaling<'_> {
    fn make(&mut self, live: Option<&Live<'_>>) -> Result<Box<dyn Object>, Failure> {
        let info = &self.request.resource;
        let mut parent = live.ok_or_else(|| Failure::not_found(&info.subject()))?.json()?.clone();
        let replicas = replicas_paths(self.target.resource);
        let before = managers(&parent);
        let mut scale = view(self.places, &parent)?;
        scale.metadata.managed_fields = Some(before.to_scale(&replicas).to_entries());
        let live = serde_json::to_value(scale).map_err(Failure::internal)?;
        let (mut scale, managed) = self.wanted(live)?;

        patch::check_place(&self.target, info, &mut scale.metadata)?;
        let count = scale.spec.and_then(|spec| spec.replicas).unwrap_or_default();
        check_count(count, &info.name)?;
        // Who has not seen any version means whatever there is, whatever the kind's strategy says of updates.
        if let Some(version) = scale.metadata.resource_version.filter(|version| !version.is_empty()) {
            set(&mut parent, &["metadata", "resourceVersion"], version.into());
        }
        let place = self.places.spec.members().unwrap_or_default();
        set(&mut parent, &place, count.into());

        let kind = &self.target.version.kind;
        let json = serde_json::to_vec(&parent).map_err(Failure::internal)?;
        let mut object = kind.behaviour.decode(&json).map_err(Failure::internal)?;
        kind.behaviour.set_defaults(&mut *object).map_err(Failure::internal)?;
        let after = before.with_scale(&managed, &kind.gvk.api_version(), &replicas);
        fields::record(&mut *object, &after);
        Ok(object)
    }

    fn uid(&self) -> Option<&str> {
        match &self.wish {
            Wish::Whole(scale) => scale.metadata.uid.as_deref().filter(|uid| !uid.is_empty()),
            Wish::Patched(..) | Wish::Applied(..) => None,
        }
    }
}

fn places<'a>(target: &Target<'a>) -> Result<&'a Places, Failure> {
    let places = target.version.kind.subresources.scale.as_ref();
    places.ok_or_else(Failure::no_resource)
}

fn view(places: &Places, object: &Value) -> Result<Scale, Failure> {
    let metadata = object.get("metadata").cloned().unwrap_or_default();
    let metadata: ObjectMeta = serde_json::from_value(metadata).map_err(Failure::internal)?;
    let count = |path: &JsonPath| {
        let count = path.first(object).and_then(Value::as_i64).unwrap_or_default();
        i32::try_from(count).unwrap_or(i32::MAX)
    };
    let selector = places.selector.as_ref().and_then(|path| path.first(object)?.as_str());
    Ok(Scale {
        metadata: ObjectMeta {
            creation_timestamp: metadata.creation_timestamp,
            name: metadata.name,
            namespace: metadata.namespace,
            resource_version: metadata.resource_version,
            uid: metadata.uid,
            ..ObjectMeta::default()
        },
        spec: Some(ScaleSpec {
            replicas: Some(count(&places.spec)),
        }),
        status: Some(ScaleStatus {
            replicas: count(&places.status),
            selector: selector.map(str::to_owned),
        }),
    })
}

fn check_count(count: i32, name: &str) -> Result<(), Failure> {
    if count >= 0 {
        return Ok(());
    }
    let mut errors = Errors::new();
    let spec = Path::ROOT.child("spec");
    errors.push(Error::invalid(
        &spec.child("replicas"),
        i64::from(count),
        "must be greater than or equal to 0",
    ));
    Err(Failure::invalid("autoscaling", "Scale", name, &errors))
}

fn managers(object: &Value) -> ManagedFields {
    let managed = object
        .get("metadata")
        .and_then(|metadata| metadata.get("managedFields"));
    managed
        .and_then(|managed| ManagedFields::decode(managed).ok())
        .unwrap_or_default()
}

/// Where each version of a kind has its replicas.
fn replicas_paths(resource: &Resource) -> ReplicasPaths {
    let served = resource.versions.iter().map(|version| &version.kind);
    let kinds = served.chain([&resource.hub]);
    let paths = kinds.map(|kind| {
        let members = kind.subresources.scale.as_ref().and_then(|scale| scale.spec.members());
        let path = members.map(|members| members.into_iter().map(PathElement::field).collect());
        (kind.gvk.api_version().into_owned(), path)
    });
    paths.collect()
}

/// Sets a member, and the maps above it if they are not there. Nothing becomes no member.
fn set(object: &mut Value, place: &[&str], value: Value) {
    let Some((last, above)) = place.split_last() else {
        return;
    };
    let mut members = object;
    for name in above {
        if !members.is_object() {
            *members = Value::Object(Map::new());
        }
        members = &mut members[*name];
    }
    if !members.is_object() {
        *members = Value::Object(Map::new());
    }
    if let Value::Object(members) = members {
        match value {
            Value::Null => drop(members.remove(*last)),
            value => drop(members.insert((*last).to_owned(), value)),
        }
    }
}
