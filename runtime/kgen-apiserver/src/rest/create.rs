//! Creates objects: by POST, and what an update and an apply share with it when there is no object yet.

use bytes::Bytes;
use kgen::Object;
use kgen::k8s::ObjectMeta;

use super::body;
use super::metadata::{is_blank, settle_namespace, tidy, wipe};
use super::names;
use super::pipeline::Pipeline;
use super::write_options::WriteOptions;
use super::{Target, generation};
use crate::admission::Operation;
use crate::failure::Failure;
use crate::request::Request;
use crate::storage::StoreError;

/// How many names are made up for an object before the client is told that there is none left.
const NAMES_TRIED: usize = 8;

/// Creates the object in the body of a request, and returns it as it is stored.
///
/// # Errors
/// If the request is wrong, if the object breaks rules or is there already, or if the store does not do it.
pub(super) async fn create(target: Target<'_>, request: &Request) -> Result<Box<dyn Object>, Failure> {
    let options = WriteOptions::of_create(request)?;
    let mut object = body::object(target, request, options.field_validation)?;
    let pipeline = Pipeline::new(target, request, &options.field_manager, options.dry_run);
    let metadata = object.object_meta_mut();
    if !matches!(metadata.resource_version.as_deref(), None | Some("" | "0")) {
        let why = "resourceVersion should not be set on objects to be created";
        return Err(Failure::bad_request(why));
    }
    settle_namespace(metadata, pipeline.namespace())?;
    wipe(metadata);
    tidy(metadata, &request.warnings);
    pipeline.track(None, &mut *object)?;
    pipeline.in_time(make(&pipeline, object)).await
}

/// Makes an object, under a name that is free if it may have any.
async fn make(pipeline: &Pipeline<'_>, object: Box<dyn Object>) -> Result<Box<dyn Object>, Failure> {
    let object = accept(pipeline, object).await?;
    let makes_name =
        is_blank(object.object_meta().name.as_deref()) && !is_blank(object.object_meta().generate_name.as_deref());
    for _ in 1..if makes_name { NAMES_TRIED } else { 1 } {
        match store(pipeline, object.clone()).await? {
            Stored::New(object) => return Ok(object),
            Stored::Taken(_) => {}
        }
    }
    match store(pipeline, object).await? {
        Stored::New(object) => Ok(object),
        Stored::Taken(name) if makes_name => Err(Failure::no_name_left(&pipeline.subject(&name))),
        Stored::Taken(name) => Err(taken(pipeline, &name).await),
    }
}

/// Brings a new object of the request's version, which has its managers, into the stored version, and lets plugins
/// change it.
pub(super) async fn accept(pipeline: &Pipeline<'_>, object: Box<dyn Object>) -> Result<Box<dyn Object>, Failure> {
    let mut object = pipeline.to_hub(object, None)?;
    pipeline.admit(Operation::Create, Some(&mut *object), None).await?;
    tidy(object.object_meta_mut(), &pipeline.request.warnings);
    Ok(object)
}

/// Gives a new object what the server says of it, checks it, and returns the bytes to store.
pub(super) async fn complete(pipeline: &Pipeline<'_>, object: &mut dyn Object) -> Result<Bytes, Failure> {
    let metadata = object.object_meta_mut();
    settle_namespace(metadata, pipeline.namespace())?;
    found(pipeline, metadata)?;
    generation::begin(pipeline.target, object)?;
    let strategy = &pipeline.target.resource.strategy;
    strategy.prepare_for_create(object, &pipeline.context());
    pipeline.check(object, None)?;
    pipeline.approve(Operation::Create, Some(&mut *object), None).await?;
    pipeline.encode(object)
}

/// What the server says of every new object.
fn found(pipeline: &Pipeline<'_>, metadata: &mut ObjectMeta) -> Result<(), Failure> {
    wipe(metadata);
    metadata.resource_version = None;
    metadata.creation_timestamp = Some(pipeline.time());
    metadata.uid = Some(names::uid()?);
    match metadata.generate_name.as_deref() {
        Some(base) if !base.is_empty() && is_blank(metadata.name.as_deref()) => {
            metadata.name = Some(names::after(base)?);
        }
        Some(_) | None => {}
    }
    Ok(())
}

/// What came of storing a new object.
enum Stored {
    New(Box<dyn Object>),
    /// There is one of this name.
    Taken(String),
}

async fn store(pipeline: &Pipeline<'_>, mut object: Box<dyn Object>) -> Result<Stored, Failure> {
    let value = complete(pipeline, &mut *object).await?;
    let name = object.object_meta().name.clone().unwrap_or_default();
    let key = pipeline.key(&name)?;
    let store = &pipeline.target.resource.store;
    if pipeline.dry_run {
        let known = store.get(&key).await.map_err(|error| pipeline.failure(&name, error))?;
        return Ok(match known.entry {
            None => Stored::New(object),
            Some(_) => Stored::Taken(name),
        });
    }
    let mut created = store.create(&key, value, None).await;
    if let Err(StoreError::TooLarge { .. }) = created
        && let Some(smaller) = pipeline.without_managers(&mut *object)?
    {
        created = store.create(&key, smaller, None).await;
    }
    match created {
        Ok(revision) => {
            object.object_meta_mut().resource_version = Some(revision.to_string());
            Ok(Stored::New(object))
        }
        Err(StoreError::Exists { .. }) => Ok(Stored::Taken(name)),
        Err(error) => Err(pipeline.failure(&name, error)),
    }
}

/// There is such an object already, if only for the moment.
async fn taken(pipeline: &Pipeline<'_>, name: &str) -> Failure {
    let mut failure = Failure::already_exists(&pipeline.subject(name));
    if pipeline.is_terminating(name).await {
        failure.message.insert_str(0, "object is being deleted: ");
    }
    failure
}
