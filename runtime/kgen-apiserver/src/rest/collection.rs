//! Deletes all objects that are selected, each for itself.

use std::num::NonZeroUsize;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::DeleteOptions;

use super::list_options::ListOptions;
use super::pipeline::Pipeline;
use super::{Target, delete, list, write_options};
use crate::failure::Failure;
use crate::request::{Request, ResourceInfo};
use crate::response::Response;
use crate::storage::Item;

/// How many objects are read at a time, unless the client says how many there are to be.
const PAGE: NonZeroUsize = NonZeroUsize::new(10_000).expect("it is not zero");

/// How many objects are deleted at a time.
const AT_ONCE: usize = 16;

/// Deletes the objects that a request selects, and answers with the list of them as they were. What is gone in the
/// meantime is not missed; the first other failure ends it, and what was deleted by then stays so.
///
/// # Errors
/// If the options have no meaning, or if an object may not be deleted.
pub(super) async fn delete_collection(target: Target<'_>, request: &Request) -> Result<Response, Failure> {
    let options = write_options::delete_options(request)?;
    let mut selected = ListOptions::of(&target, request)?;
    let is_limited = selected.limit.is_some();
    selected.limit.get_or_insert(PAGE);
    let mut deleted = list::read(&target, &request.resource, &selected).await?;
    remove_all(target, request, &options, &deleted.items).await?;
    while let Some(rest) = deleted.rest.take_if(|_| !is_limited) {
        selected.rest = Some(rest);
        let mut page = list::read(&target, &request.resource, &selected).await?;
        remove_all(target, request, &options, &page.items).await?;
        deleted.items.append(&mut page.items);
        (deleted.rest, deleted.remaining) = (page.rest, page.remaining);
    }
    list::respond(&target, request, &deleted).await
}

async fn remove_all(
    target: Target<'_>,
    request: &Request,
    options: &DeleteOptions,
    items: &[Arc<Item>],
) -> Result<(), Failure> {
    let removals = items.iter().map(|item| remove(target, request, options, item).boxed());
    let removals: Vec<BoxFuture<'_, Result<(), Failure>>> = removals.collect();
    let mut removed = stream::iter(removals).buffer_unordered(AT_ONCE);
    while removed.try_next().await?.is_some() {}
    Ok(())
}

async fn remove(target: Target<'_>, request: &Request, options: &DeleteOptions, item: &Item) -> Result<(), Failure> {
    let key = &item.entry().key;
    let info = ResourceInfo {
        name: key.rsplit('/').next().unwrap_or_default().to_owned(),
        ..request.resource.clone()
    };
    let pipeline = Pipeline {
        info: &info,
        ..Pipeline::new(target, request, "", delete::is_dry_run(options))
    };
    match delete::remove(&pipeline, &info.name, Some(item.entry().clone()), options).await {
        Ok(_) => Ok(()),
        Err(failure) if failure.code == 404 => Ok(()),
        Err(failure) => Err(failure),
    }
}
