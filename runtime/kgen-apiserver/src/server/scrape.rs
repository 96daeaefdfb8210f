//! `/metrics`: what was counted, gathered from all rooms.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use http::StatusCode;
use tokio::time::timeout;

use super::Shared;
use crate::metrics::{CONTENT_TYPE, Elsewhere, Stored};
use crate::resource::{Resource, Resources};
use crate::response::{Response, response};
use crate::storage::Store;

/// How long it may take to count stored objects, or to learn how large a store is.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn answer(shared: &Shared) -> Response {
    let stored = join_all(shared.resources.iter().map(|resource| stored(resource)));
    let stores = stores(&shared.resources);
    let sizes = join_all(stores.iter().map(|store| timeout(PATIENCE, store.size())));
    let (stored, sizes) = futures_util::future::join(stored, sizes).await;
    let elsewhere = Elsewhere {
        stored,
        sizes: sizes.into_iter().filter_map(|size| size.ok()?.ok()?).collect(),
        authentication: shared.authenticator.metrics(),
        authorization: shared.authorizer.metrics(),
        admission: Some(shared.resources.admission_metrics()),
        version: Some(&shared.options.version),
    };
    response(StatusCode::OK, CONTENT_TYPE, shared.metrics.text(&elsewhere))
}

async fn stored(resource: &Resource) -> Stored<'_> {
    let objects = timeout(PATIENCE, resource.reader.count(resource.keys.prefix())).await;
    let objects = objects.ok().and_then(Result::ok);
    Stored {
        group: resource.group(),
        resource: resource.plural(),
        objects: objects.map(|objects| objects as u64),
        store: resource.store.metrics(),
        cache: resource.reader.metrics(),
    }
}

/// The stores of all resources, each once and without what only counts.
pub(super) fn stores(resources: &Resources) -> Vec<Arc<dyn Store>> {
    let mut stores: Vec<Arc<dyn Store>> = Vec::new();
    for resource in resources.iter() {
        let store = resource.store.within().unwrap_or(&resource.store);
        if !stores.iter().any(|known| Arc::ptr_eq(known, store)) {
            stores.push(store.clone());
        }
    }
    stores
}
