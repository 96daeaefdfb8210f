//! Deletes objects, or marks those that somebody still holds by a finalizer.

use http::StatusCode;
use kgen::Object;
use kgen::k8s::{ObjectMeta, Status};
use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::{DeleteOptions, StatusDetails};

use super::grace::{self, Grace};
use super::metadata::{FOREGROUND, ORPHAN};
use super::pipeline::Pipeline;
use super::{Live, Target, encode, write_options};
use crate::admission::Operation;
use crate::failure::Failure;
use crate::request::Request;
use crate::response::Response;
use crate::storage::{Entry, StoreError, Transaction};

/// What became of an object that was to be deleted. Both are given in the storage version.
pub(super) enum Removal {
    /// It is gone; this was its last state.
    Gone(Box<dyn Object>),
    /// It is being deleted, and waits for its finalizers or its time.
    Pending(Box<dyn Object>),
}

/// Deletes the object that a request is about.
///
/// # Errors
/// If the object is not there, or if it may not be deleted.
pub(super) async fn delete(target: Target<'_>, request: &Request) -> Result<Response, Failure> {
    let options = write_options::delete_options(request)?;
    let pipeline = Pipeline::new(target, request, "", is_dry_run(&options));
    let name = &request.resource.name;
    let removal = pipeline.in_time(remove(&pipeline, name, None, &options)).await?;
    match removal {
        Removal::Gone(object) => encode::respond_status(request, success(target, object.object_meta())),
        Removal::Pending(object) => {
            // Only who asked for it in this old way is told that it takes time.
            let status = match options.orphan_dependents {
                Some(false) => StatusCode::ACCEPTED,
                Some(true) | None => StatusCode::OK,
            };
            encode::respond(&target, request, status, object)
        }
    }
}

/// Whether nothing is to be stored.
pub(super) fn is_dry_run(options: &DeleteOptions) -> bool {
    options.dry_run.as_ref().is_some_and(|values| !values.is_empty())
}

/// What a client is told of an object that is gone.
fn success(target: Target<'_>, metadata: &ObjectMeta) -> Status {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Status {
        details: Some(StatusDetails {
            group: text(target.resource.group()),
            // As the Go servers say it, this is the resource.
            kind: text(target.resource.plural()),
            name: metadata.name.clone(),
            uid: metadata.uid.clone(),
            ..StatusDetails::default()
        }),
        status: Some("Success".to_owned()),
        ..Status::default()
    }
}

/// Deletes an object, or marks it. `seen` is a state of it that is at hand.
///
/// # Errors
/// If the object is not there, or if it may not be deleted.
pub(super) async fn remove(
    pipeline: &Pipeline<'_>,
    name: &str,
    seen: Option<Entry>,
    options: &DeleteOptions,
) -> Result<Removal, Failure> {
    let key = pipeline.key(name)?;
    let resource = pipeline.target.resource;
    let failed = |error: StoreError| pipeline.failure(name, error);
    let seen = seen.or_else(|| resource.reader.at_hand(&key).map(|item| item.entry().clone()));
    let transaction = Transaction::begin(&*resource.store, &key, seen).await;
    let mut transaction = transaction.map_err(failed)?;
    loop {
        let Some(entry) = transaction.entry() else {
            return Err(Failure::not_found(&pipeline.subject(name)));
        };
        let revision = entry.revision;
        let decided = decide(pipeline, name, entry, options).await;
        let (mut object, is_held) = match decided {
            Ok(decided) => decided,
            Err(failure) if transaction.is_present().await.map_err(failed)? => return Err(failure),
            Err(_) => continue,
        };
        let value = if is_held {
            Some(pipeline.encode(&mut *object)?)
        } else {
            None
        };
        let written = match value {
            Some(value) if transaction.holds(&value) || pipeline.dry_run => {
                transaction.is_present().await.map_err(failed)?.then_some(revision)
            }
            Some(value) => transaction
                .write(value, None)
                .await
                .map_err(failed)?
                .map(|entry| entry.revision),
            None if pipeline.dry_run => transaction.is_present().await.map_err(failed)?.then_some(revision),
            None => transaction.delete().await.map_err(failed)?,
        };
        let Some(revision) = written else { continue };
        object.object_meta_mut().resource_version = Some(revision.to_string());
        return Ok(match is_held {
            true => Removal::Pending(object),
            false => Removal::Gone(object),
        });
    }
}

/// The object as it is, or as it is marked if somebody still holds it or it has time left.
async fn decide(
    pipeline: &Pipeline<'_>,
    name: &str,
    entry: &Entry,
    options: &DeleteOptions,
) -> Result<(Box<dyn Object>, bool), Failure> {
    let live = Live::read(pipeline.target, entry)?;
    check_preconditions(pipeline, name, live.metadata(), options)?;
    pipeline.admit(Operation::Delete, None, Some(live.hub())).await?;
    pipeline.approve(Operation::Delete, None, Some(live.hub())).await?;
    let mut object = live.into_hub();
    let grace = Grace::of(pipeline, &*object, options);
    let metadata = object.object_meta_mut();
    if grace == Grace::Unchanged {
        return Ok((object, true));
    }
    settle_finalizers(metadata, options);
    if let Grace::Seconds(seconds) = grace {
        count_deletion(metadata);
        grace::grant(metadata, seconds, pipeline.time());
        return Ok((object, true));
    }
    let is_held = metadata
        .finalizers
        .as_ref()
        .is_some_and(|finalizers| !finalizers.is_empty());
    if is_held {
        mark(pipeline, metadata);
    }
    Ok((object, is_held))
}

fn check_preconditions(
    pipeline: &Pipeline<'_>,
    name: &str,
    metadata: &ObjectMeta,
    options: &DeleteOptions,
) -> Result<(), Failure> {
    let Some(wanted) = &options.preconditions else {
        return Ok(());
    };
    let uid = metadata.uid.as_deref().unwrap_or_default();
    if let Some(wanted) = wanted.uid.as_deref().filter(|wanted| *wanted != uid) {
        let why = format!(
            "the UID in the precondition ({wanted}) does not match the UID in record ({uid}). The object might have \
             been deleted and then recreated"
        );
        return Err(Failure::conflict(&pipeline.subject(name), why));
    }
    let version = metadata.resource_version.as_deref().unwrap_or_default();
    if let Some(wanted) = wanted.resource_version.as_deref().filter(|wanted| *wanted != version) {
        let why = format!(
            "the ResourceVersion in the precondition ({wanted}) does not match the ResourceVersion in record \
             ({version}). The object might have been modified"
        );
        return Err(Failure::conflict(&pipeline.subject(name), why));
    }
    Ok(())
}

/// What becomes of what belongs to the object: the finalizers that tell the garbage collector. Where the client does not
/// say it, those that are there stay.
fn settle_finalizers(metadata: &mut ObjectMeta, options: &DeleteOptions) {
    let wanted = match (options.orphan_dependents, options.propagation_policy.as_deref()) {
        (Some(true), _) | (None, Some("Orphan")) => Some(ORPHAN),
        (None, Some("Foreground")) => Some(FOREGROUND),
        (Some(false), _) | (None, Some(_)) => None,
        (None, None) => return,
    };
    let finalizers = metadata.finalizers.get_or_insert_default();
    let is_policy = |finalizer: &str| matches!(finalizer, ORPHAN | FOREGROUND);
    let has = finalizers.iter().find(|finalizer| is_policy(finalizer));
    let is_settled = match wanted {
        Some(wanted) => has.is_some_and(|has| has == wanted),
        None => has.is_none(),
    };
    if !is_settled {
        finalizers.retain(|finalizer| !is_policy(finalizer));
        finalizers.extend(wanted.map(str::to_owned));
    }
    if finalizers.is_empty() {
        metadata.finalizers = None;
    }
}

/// Says that the object is being deleted. Whoever holds it sees that, and lets go.
fn mark(pipeline: &Pipeline<'_>, metadata: &mut ObjectMeta) {
    count_deletion(metadata);
    let now = pipeline.time();
    if metadata.deletion_timestamp.as_ref().is_none_or(|time| *time > now) {
        metadata.deletion_timestamp = Some(now);
    }
    metadata.deletion_grace_period_seconds = Some(0);
}

/// That an object begins to be deleted is a change of what is wanted of it.
fn count_deletion(metadata: &mut ObjectMeta) {
    if metadata.deletion_timestamp.is_none() {
        metadata.generation = metadata.generation.map(|generation| match generation {
            0 => 0,
            generation => generation + 1,
        });
    }
}
