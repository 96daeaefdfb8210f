//! Caches of pods, and what is written to the stores beneath them.

use std::sync::Arc;

use bytes::Bytes;
use kgen_apiserver::storage::{
    Cache, CacheOptions, Item, ItemEvent, ListRequest, Metadata, ReadError, Reader, Revision, Store,
};

pub(crate) const PREFIX: &str = "/registry/pods/";

pub(crate) fn key(name: &str) -> String {
    format!("{PREFIX}{name}")
}

pub(crate) fn object(name: &str) -> Bytes {
    Bytes::from(format!(r#"{{"metadata":{{"name":"{name}"}}}}"#))
}

pub(crate) async fn create(store: &dyn Store, name: &str) -> Revision {
    store
        .create(&key(name), object(name), None)
        .await
        .expect("the key is free")
}

pub(crate) async fn touch(store: &dyn Store, name: &str) -> Revision {
    let entry = store.get(&key(name)).await.unwrap().entry.expect("the key is there");
    store
        .replace(&key(name), entry.revision, object(name), None)
        .await
        .expect("nobody else writes")
}

pub(crate) fn start(store: Arc<dyn Store>, options: CacheOptions) -> Cache {
    Cache::start(store, PREFIX, Arc::new(Metadata), options)
}

/// A cache that keeps few events.
pub(crate) fn small() -> CacheOptions {
    CacheOptions {
        events: 10,
        ..CacheOptions::default()
    }
}

pub(crate) async fn ready(cache: &Cache) -> Revision {
    cache
        .list(ListRequest::of(PREFIX))
        .await
        .expect("the cache is loaded")
        .revision
}

pub(crate) fn item(event: Option<Result<ItemEvent, ReadError>>) -> Arc<Item> {
    match event {
        Some(Ok(ItemEvent::Object { item, .. })) => item,
        other => panic!("{other:?}"),
    }
}
