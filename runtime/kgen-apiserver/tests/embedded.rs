//! What only the embedded store has: a folder, a lock, a quota, and a life after the process.

use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use kgen_apiserver::storage::{Embedded, EmbeddedOptions, OpenError, Range, Revision, Store, StoreError, Update};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("there is room for a folder")
}

fn open(folder: &TempDir) -> Embedded {
    Embedded::open(folder.path(), EmbeddedOptions::default()).expect("the store opens")
}

fn text(text: &'static str) -> Bytes {
    Bytes::from_static(text.as_bytes())
}

async fn create(store: &Embedded, key: &str) -> Revision {
    store.create(key, text("1"), None).await.expect("the key is free")
}

#[tokio::test]
async fn data_history_and_revisions_outlive_the_store() {
    let folder = folder();
    let store = open(&folder);
    let a = create(&store, "/a").await;
    let b = create(&store, "/b").await;
    let changed = store.replace("/a", a, text("2"), None).await.unwrap();
    let gone = store.delete("/b", b).await.unwrap();
    drop(store);

    let store = open(&folder);
    assert_eq!(store.current().await, Ok(gone));
    let now = store.list(Range::of("/")).await.unwrap();
    assert_eq!(now.entries.len(), 1);
    let entry = &now.entries[0];
    assert_eq!((&*entry.value, entry.created, entry.revision), (&b"2"[..], a, changed));
    let then = store.list(Range::of("/").at(b)).await.unwrap();
    let then: Vec<_> = then.entries.iter().map(|entry| (&*entry.key, &*entry.value)).collect();
    assert_eq!(then, [("/a", &b"1"[..]), ("/b", &b"1"[..])]);
    let mut watch = store.watch("/", b).await.unwrap();
    for revision in [changed, gone] {
        let Some(Ok(Update::Change(change))) = watch.updates.next().await else {
            panic!("it happened")
        };
        assert_eq!(change.revision(), revision);
        assert!(change.previous().is_some());
    }
    assert_eq!(create(&store, "/b").await, gone.next());
}

#[tokio::test]
async fn compaction_outlives_the_store() {
    let folder = folder();
    let store = open(&folder);
    let a = create(&store, "/a").await;
    let b = create(&store, "/b").await;
    let changed = store.replace("/a", a, text("2"), None).await.unwrap();
    let gone = store.delete("/b", b).await.unwrap();
    store.compact(gone).await.unwrap();
    drop(store);

    let store = open(&folder);
    assert_eq!(
        store.current().await,
        Ok(gone),
        "also when the record of the last revision is gone"
    );
    let old = store.list(Range::of("/").at(changed)).await;
    assert!(matches!(old, Err(StoreError::Compacted { .. })), "{old:?}");
    assert!(matches!(
        store.watch("/", changed).await.err(),
        Some(StoreError::Compacted { .. })
    ));
    assert_eq!(store.list(Range::of("/")).await.unwrap().entries.len(), 1);
    assert_eq!(create(&store, "/c").await, gone.next());
}

#[tokio::test]
async fn the_folder_has_one_owner() {
    let folder = folder();
    let store = open(&folder);
    let error = Embedded::open(folder.path(), EmbeddedOptions::default())
        .err()
        .expect("it is in use");
    assert!(matches!(error, OpenError::Locked { .. }));
    let process = std::process::id();
    let wanted = format!(
        "the data in `{}` is in use by process {process}",
        folder.path().display()
    );
    assert_eq!(error.to_string(), wanted);
    drop(store);
    open(&folder);
}

#[tokio::test]
async fn what_cannot_be_opened_is_told() {
    let folder = folder();
    let file = folder.path().join("file");
    std::fs::write(&file, "no folder").unwrap();
    let error = Embedded::open(&file, EmbeddedOptions::default())
        .err()
        .expect("it is a file");
    assert!(matches!(error, OpenError::Io { .. }), "{error}");
    std::fs::write(folder.path().join("data.redb"), "no database".repeat(1000)).unwrap();
    let error = Embedded::open(folder.path(), EmbeddedOptions::default())
        .err()
        .expect("it is no database");
    assert!(
        matches!(error, OpenError::Corrupt { .. } | OpenError::Io { .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_full_store_can_be_emptied() {
    let folder = folder();
    let options = EmbeddedOptions {
        quota: 3000,
        ..EmbeddedOptions::default()
    };
    let store = Embedded::open(folder.path(), options).unwrap();
    let big = || Bytes::from(vec![b'x'; 1000]);
    let a = store.create("/a", big(), None).await.unwrap();
    store.create("/b", big(), None).await.unwrap();
    assert_eq!(store.create("/c", big(), None).await, Err(StoreError::Full));
    let gone = store.delete("/a", a).await.unwrap();
    assert_eq!(
        store.create("/c", big(), None).await,
        Err(StoreError::Full),
        "history counts"
    );
    store.compact(gone).await.unwrap();
    assert!(store.create("/c", big(), None).await.is_ok());
    drop(store);
    let store = Embedded::open(folder.path(), options).unwrap();
    assert_eq!(store.create("/d", big(), None).await, Err(StoreError::Full));
}

#[tokio::test]
async fn history_is_bounded_in_time() {
    let folder = folder();
    let mut options = EmbeddedOptions::default();
    options.history.keep = Duration::from_millis(40);
    bounded(&Embedded::open(folder.path(), options).unwrap()).await;
}

#[tokio::test]
async fn history_is_bounded_in_number() {
    let folder = folder();
    let mut options = EmbeddedOptions::default();
    options.history.changes = 5;
    bounded(&Embedded::open(folder.path(), options).unwrap()).await;
}

#[tokio::test]
async fn history_is_bounded_in_bytes() {
    let folder = folder();
    let mut options = EmbeddedOptions::default();
    options.history.bytes = 20;
    bounded(&Embedded::open(folder.path(), options).unwrap()).await;
}

/// Writes, and waits until the first write is forgotten.
async fn bounded(store: &Embedded) {
    let first = create(store, "/a").await;
    let mut last = first;
    for _ in 0..20 {
        last = store.replace("/a", last, text("2"), None).await.unwrap();
    }
    for _ in 0..500 {
        if let Err(StoreError::Compacted { .. }) = store.list(Range::of("/").at(first)).await {
            assert_eq!(store.list(Range::of("/").at(last)).await.unwrap().entries.len(), 1);
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nothing is ever forgotten");
}

#[tokio::test]
async fn keys_expire_after_a_restart() {
    let folder = folder();
    let store = open(&folder);
    let ttl = Some(Duration::from_millis(200));
    let created = store.create("/a", text("1"), ttl).await.unwrap();
    let kept = store.create("/b", text("1"), ttl).await.unwrap();
    store.replace("/b", kept, text("2"), None).await.unwrap();
    drop(store);
    tokio::time::sleep(Duration::from_millis(250)).await;
    let store = open(&folder);
    let mut watch = store.watch("/a", created).await.unwrap();
    let Some(Ok(Update::Change(change))) = watch.updates.next().await else {
        panic!("it expires")
    };
    assert_eq!((change.entry(), &**change.key()), (None, "/a"));
    assert!(
        store.get("/b").await.unwrap().entry.is_some(),
        "it was written without a time to live"
    );
}

#[tokio::test]
async fn watches_end_with_the_store() {
    let folder = folder();
    let store = open(&folder);
    let mut watch = store.watch("/", Revision::ZERO).await.unwrap();
    let created = create(&store, "/a").await;
    drop(store);
    let Some(Ok(Update::Change(change))) = watch.updates.next().await else {
        panic!("it happened")
    };
    assert_eq!(change.revision(), created);
    assert_eq!(watch.updates.next().await, Some(Err(StoreError::Closed)));
    assert_eq!(watch.updates.next().await, None);
}
