//! Changes objects: by PUT, and what patches and applies share with it.

use bytes::Bytes;
use http::StatusCode;
use kgen::Object;
use kgen::k8s::{ManagedFieldsEntry, ObjectMeta};
use kgen::validation::{BadValue, Error, Errors, Path};

use super::metadata::{is_blank, restore, settle_namespace, tidy};
use super::pipeline::Pipeline;
use super::write_options::WriteOptions;
use super::{Change, Live, Target, body, create, generation};
use crate::admission::Operation;
use crate::failure::Failure;
use crate::request::{Request, Verb};
use crate::storage::{Revision, StoreError, Transaction};

/// What came of an update.
pub struct Updated {
    /// The object as it is stored, with its resource version.
    pub object: Box<dyn Object>,
    /// Whether there was none before.
    pub created: bool,
}

impl Updated {
    /// What a client is told.
    pub fn status(&self) -> StatusCode {
        if self.created {
            StatusCode::CREATED
        } else {
            StatusCode::OK
        }
    }
}

/// Replaces an object by the one in the body of a request, or creates it if the kind's strategy allows that.
///
/// # Errors
/// If the request is wrong, if the object is not there or not what the client has seen, if it breaks rules, or if the
/// store does not do it.
pub async fn put(target: Target<'_>, request: &Request) -> Result<Updated, Failure> {
    let options = WriteOptions::of_update(request)?;
    let object = body::object(target, request, options.field_validation)?;
    let pipeline = Pipeline::new(target, request, &options.field_manager, options.dry_run);
    check_place(&pipeline, object.object_meta())?;
    let mut put = Put {
        pipeline: &pipeline,
        object,
    };
    pipeline.in_time(attempt(&pipeline, &mut put)).await
}

/// Makes a change to the object that a request is about, or creates it if the change or the kind's strategy allows that.
/// The change is made again whenever somebody else was faster.
///
/// # Errors
/// What the change says, and as for [`put`].
pub async fn update(
    target: Target<'_>,
    request: &Request,
    options: &WriteOptions,
    change: &mut dyn Change,
) -> Result<Updated, Failure> {
    let pipeline = Pipeline::new(target, request, &options.field_manager, options.dry_run);
    pipeline.in_time(attempt(&pipeline, change)).await
}

/// A whole object that replaces whatever there is.
struct Put<'a> {
    pipeline: &'a Pipeline<'a>,
    object: Box<dyn Object>,
}

impl Change for Put<'_> {
    fn make(&mut self, live: Option<&Live<'_>>) -> Result<Box<dyn Object>, Failure> {
        let mut object = self.object.clone();
        let metadata = object.object_meta_mut();
        settle_namespace(metadata, self.pipeline.namespace())?;
        tidy(metadata, &self.pipeline.request.warnings);
        self.pipeline.track(live, &mut *object)?;
        Ok(object)
    }

    fn uid(&self) -> Option<&str> {
        self.object.object_meta().uid.as_deref().filter(|uid| !uid.is_empty())
    }
}

/// Whether a body is about the object that the address names.
fn check_place(pipeline: &Pipeline<'_>, metadata: &ObjectMeta) -> Result<(), Failure> {
    let (name, wanted) = (metadata.name.as_deref().unwrap_or_default(), &pipeline.info.name);
    if name.is_empty() {
        return Err(Failure::bad_request(format!(
            "the name of the object ({wanted} based on URL) was undeterminable: name must be provided"
        )));
    }
    if name != wanted {
        return Err(Failure::bad_request(format!(
            "the name of the object ({name}) does not match the name on the URL ({wanted})"
        )));
    }
    match (pipeline.namespace(), metadata.namespace.as_deref()) {
        (Some(wanted), Some(namespace)) if !namespace.is_empty() && namespace != wanted => Err(Failure::bad_request(
            format!("the namespace of the object ({namespace}) does not match the namespace on the request ({wanted})"),
        )),
        _ => Ok(()),
    }
}

/// Decides about the object until what was decided about is what there is.
async fn attempt(pipeline: &Pipeline<'_>, change: &mut dyn Change) -> Result<Updated, Failure> {
    let name = &pipeline.info.name;
    let key = pipeline.key(name)?;
    let resource = pipeline.target.resource;
    let failed = |error: StoreError| pipeline.failure(name, error);
    let seen = resource.reader.at_hand(&key).map(|item| item.entry().clone());
    let transaction = Transaction::begin(&*resource.store, &key, seen).await;
    let mut transaction = transaction.map_err(failed)?;
    loop {
        let decided = match transaction.entry() {
            Some(entry) => match Live::read(pipeline.target, entry) {
                Ok(live) => replace(pipeline, &live, &entry.value, change).await,
                Err(failure) => Err(failure),
            },
            None => begin(pipeline, change).await,
        };
        let is_new = transaction.entry().is_none();
        let revision = transaction.entry().map(|entry| entry.revision);
        let (mut object, step) = match decided {
            Ok(decided) => decided,
            Err(failure) if transaction.is_present().await.map_err(failed)? => return Err(failure),
            Err(_) => continue,
        };
        let revision = match step {
            Step::Keep if transaction.is_present().await.map_err(failed)? => revision,
            Step::Write(_) | Step::Delete if pipeline.dry_run => {
                if !transaction.is_present().await.map_err(failed)? {
                    continue;
                }
                revision
            }
            Step::Write(value) => match write(pipeline, &mut transaction, &mut *object, value).await? {
                Some(written) => Some(written),
                None => continue,
            },
            // The state before is what the client is shown, as the Go servers do.
            Step::Delete if transaction.delete().await.map_err(failed)?.is_some() => revision,
            Step::Keep | Step::Delete => continue,
        };
        object.object_meta_mut().resource_version = revision.map(|revision| revision.to_string());
        return Ok(Updated {
            object,
            created: is_new,
        });
    }
}

/// Stores the object; without its managers if it is too large with them.
async fn write(
    pipeline: &Pipeline<'_>,
    transaction: &mut Transaction<'_>,
    object: &mut dyn Object,
    value: Bytes,
) -> Result<Option<Revision>, Failure> {
    let mut written = transaction.write(value, None).await;
    if let Err(StoreError::TooLarge { .. }) = written
        && let Some(smaller) = pipeline.without_managers(object)?
    {
        written = transaction.write(smaller, None).await;
    }
    match written {
        Ok(entry) => Ok(entry.map(|entry| entry.revision)),
        Err(error) => Err(pipeline.failure(&pipeline.info.name, error)),
    }
}

/// What is to be done about an object.
enum Step {
    /// Nothing, since it is the same.
    Keep,
    /// To store these bytes.
    Write(Bytes),
    /// To delete it, since nobody holds it any more.
    Delete,
}

/// Makes the object that is not there.
async fn begin(pipeline: &Pipeline<'_>, change: &mut dyn Change) -> Result<(Box<dyn Object>, Step), Failure> {
    let subject = pipeline.info.subject();
    let strategy = &pipeline.target.resource.strategy;
    let creates = change.creates() || strategy.allows_create_on_update();
    let is_creatable = pipeline.target.version.kind.verbs.contains(&Verb::Create);
    if !creates || !is_creatable || !pipeline.info.subresource.is_empty() {
        return Err(Failure::not_found(&subject));
    }
    if let Some(uid) = change.uid() {
        return Err(Failure::conflict(&subject, other_uid(uid, "")));
    }
    pipeline.authorize_create().await?;
    let mut object = change.make(None)?;
    tidy(object.object_meta_mut(), &pipeline.request.warnings);
    if !matches!(object.object_meta().resource_version.as_deref(), None | Some("" | "0")) {
        return Err(Failure::modified(&subject));
    }
    let mut object = create::accept(pipeline, object).await?;
    let value = create::complete(pipeline, &mut *object).await?;
    Ok((object, Step::Write(value)))
}

/// Makes the object that takes the place of the one that is there.
async fn replace(
    pipeline: &Pipeline<'_>,
    live: &Live<'_>,
    stored: &Bytes,
    change: &mut dyn Change,
) -> Result<(Box<dyn Object>, Step), Failure> {
    let (target, old) = (pipeline.target, live.metadata());
    check_uid(pipeline, old, change.uid())?;
    let mut object = change.make(Some(live))?;
    tidy(object.object_meta_mut(), &pipeline.request.warnings);
    check_revision(pipeline, old, object.object_meta())?;
    let mut object = pipeline.to_hub(object, Some(live))?;
    pipeline
        .admit(Operation::Update, Some(&mut *object), Some(live.hub()))
        .await?;
    let metadata = object.object_meta_mut();
    settle_namespace(metadata, pipeline.namespace())?;
    restore(metadata, old);
    let is_status = pipeline.info.subresource == generation::STATUS;
    if is_status {
        object = generation::status_alone(target, live, object)?;
    } else {
        generation::keep_status(target, live, &mut *object)?;
    }
    let strategy = &target.resource.strategy;
    strategy.prepare_for_update(&mut *object, live.hub(), &pipeline.context());
    if !is_status {
        generation::count(target, live, &mut *object)?;
    }
    pipeline.check(&*object, Some(live))?;
    pipeline
        .approve(Operation::Update, Some(&mut *object), Some(live.hub()))
        .await?;
    if is_let_go(object.object_meta(), old) {
        return Ok((object, Step::Delete));
    }
    let step = encode(pipeline, &mut *object, old, stored)?;
    Ok((object, step))
}

/// The bytes to store, if they are others. Times of managers alone are no change.
fn encode(pipeline: &Pipeline<'_>, object: &mut dyn Object, old: &ObjectMeta, stored: &Bytes) -> Result<Step, Failure> {
    let managers = &mut object.object_meta_mut().managed_fields;
    if managers != &old.managed_fields && differ_in_times(managers, &old.managed_fields) {
        let new = std::mem::replace(managers, old.managed_fields.clone());
        if pipeline.encode(object)? == *stored {
            return Ok(Step::Keep);
        }
        object.object_meta_mut().managed_fields = new;
    }
    let value = pipeline.encode(object)?;
    Ok(match value == *stored {
        true => Step::Keep,
        false => Step::Write(value),
    })
}

/// Whether two lists of managers are the same but for their times, and so perhaps for their order.
fn differ_in_times(one: &Option<Vec<ManagedFieldsEntry>>, other: &Option<Vec<ManagedFieldsEntry>>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return false;
    };
    one.len() == other.len() && by_manager(one).into_iter().zip(by_manager(other)).all(is_same_but_time)
}

fn by_manager(entries: &[ManagedFieldsEntry]) -> Vec<&ManagedFieldsEntry> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by(|one, other| manager(one).cmp(&manager(other)));
    entries
}

fn manager(entry: &ManagedFieldsEntry) -> [&Option<String>; 4] {
    [&entry.manager, &entry.operation, &entry.api_version, &entry.subresource]
}

fn is_same_but_time((one, other): (&ManagedFieldsEntry, &ManagedFieldsEntry)) -> bool {
    manager(one) == manager(other) && one.fields_type == other.fields_type && one.fields_v1 == other.fields_v1
}

/// Whether an object that is being deleted has nobody left to wait for.
fn is_let_go(new: &ObjectMeta, old: &ObjectMeta) -> bool {
    new.finalizers.as_ref().is_none_or(Vec::is_empty)
        && old.deletion_timestamp.is_some()
        && old.deletion_grace_period_seconds.is_none_or(|seconds| seconds == 0)
}

fn check_uid(pipeline: &Pipeline<'_>, old: &ObjectMeta, wanted: Option<&str>) -> Result<(), Failure> {
    let uid = old.uid.as_deref().unwrap_or_default();
    match wanted {
        Some(wanted) if wanted != uid => Err(Failure::conflict(&pipeline.info.subject(), other_uid(wanted, uid))),
        Some(_) | None => Ok(()),
    }
}

fn other_uid(wanted: &str, uid: &str) -> String {
    format!("Precondition failed: UID in precondition: {wanted}, UID in object meta: {uid}")
}

/// Whether the object is the one that the client has seen.
fn check_revision(pipeline: &Pipeline<'_>, old: &ObjectMeta, new: &ObjectMeta) -> Result<(), Failure> {
    let seen = new.resource_version.as_deref().filter(|seen| *seen != "0");
    if is_blank(seen) {
        let resource = pipeline.target.resource;
        if resource.strategy.allows_unconditional_update() {
            return Ok(());
        }
        let mut errors = Errors::new();
        let (metadata, zero) = (Path::ROOT.child("metadata"), BadValue::Json("0".to_owned()));
        let path = metadata.child("resourceVersion");
        errors.push(Error::invalid(&path, zero, "must be specified for an update"));
        // The Go servers name the resource in place of the kind here.
        let (group, plural) = (resource.group(), resource.plural());
        return Err(Failure::invalid(group, plural, &pipeline.info.name, &errors));
    }
    if seen == old.resource_version.as_deref() {
        return Ok(());
    }
    match seen.unwrap_or_default().parse::<Revision>() {
        Ok(_) => Err(Failure::modified(&pipeline.info.subject())),
        Err(error) => Err(Failure::bad_request(error.to_string())),
    }
}
