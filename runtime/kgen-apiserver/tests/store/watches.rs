//! Watching: what is told, to whom and in which order; selections, errors and ends.

use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use kgen_apiserver::storage::{At, Item, ItemEvent, ReadError, Revision, Start, Update, WatchRequest};
use tokio::time::Instant;

use crate::Case;
use crate::fixture::{Fixture, Told, added, deleted, modified};
use crate::values::{content, labelled, object};

pub(crate) fn cases() -> Vec<Case> {
    crate::cases![watches:
        watch
        watch_with_selection
        delete_trigger_watch
        delayed_watch_delivery
        watch_error
        watch_with_unsafe_delete
        watch_context_cancel
        watcher_timeout
        watch_delete_event_object_have_latest_revision
        cluster_scoped_watch
        namespace_scoped_watch
        watch_list_match_single
        watch_error_is_blocking_further_events
        all_watchers_see_one_order
        watch_of_the_store
        ;
        compacting:
    ]
}

fn is_even(item: &Item) -> bool {
    content(&item.entry().value).is_multiple_of(2)
}

/// RunTestWatch.
pub(crate) async fn watch(fixture: Fixture) {
    let start = fixture.current().await;
    let mut watch = fixture.watch(Start::After(start)).await;
    let first = fixture.create("a", 1).await;
    let second = fixture.replace("a", 2).await;
    let third = fixture.create("b", 1).await;
    let fourth = fixture.delete("a").await;
    watch
        .expect([
            added("a", first),
            modified("a", second),
            added("b", third),
            deleted("a", fourth),
        ])
        .await;
    watch.expect_nothing().await;
}

/// RunTestWatch with filters; TestCacheWatcherHandlesFiltering.
pub(crate) async fn watch_with_selection(fixture: Fixture) {
    let start = fixture.current().await;
    let mut watch = fixture
        .watch_for(WatchRequest::of(&*fixture.prefix, Start::After(start)).matching(is_even))
        .await;
    fixture.create("a", 1).await;
    let comes = fixture.replace("a", 2).await;
    let stays = fixture.replace("a", 4).await;
    let goes = fixture.replace("a", 5).await;
    fixture.delete("a").await;
    watch.expect([added("a", comes), modified("a", stays)]).await;
    let Some(Ok(ItemEvent::Object { item, .. })) = watch.next().await else {
        panic!("it went")
    };
    assert_eq!(
        (item.revision(), content(&item.entry().value)),
        (goes, 4),
        "the last selected state, the new revision"
    );
    watch.expect_nothing().await;
}

/// RunTestDeleteTriggerWatch.
pub(crate) async fn delete_trigger_watch(fixture: Fixture) {
    let created = fixture.create("a", 1).await;
    let mut watch = fixture.watch(Start::After(created)).await;
    let gone = fixture.delete("a").await;
    watch.expect([deleted("a", gone)]).await;
}

/// RunTestDelayedWatchDelivery: a reader that pauses misses nothing.
pub(crate) async fn delayed_watch_delivery(fixture: Fixture) {
    let created = fixture.create("a", 0).await;
    let mut watch = fixture.watch(Start::After(created)).await;
    let mut revisions = Vec::new();
    for content in 1..=300 {
        revisions.push(fixture.replace("a", content).await);
    }
    watch
        .expect(revisions.into_iter().map(|revision| modified("a", revision)))
        .await;
}

/// RunTestWatchError.
pub(crate) async fn watch_error(fixture: Fixture) {
    let start = fixture.current().await;
    let mut watch = fixture.watch(Start::After(start)).await;
    let key = fixture.key("a");
    fixture
        .store
        .create(&key, Bytes::from_static(b"{"), None)
        .await
        .unwrap();
    let error = watch.expect_error().await;
    assert!(
        matches!(&error, ReadError::Undecodable(bad) if bad[0].key == key),
        "{error:?}"
    );
}

/// RunTestWatchWithUnsafeDelete: what cannot be read can be deleted and created anew.
pub(crate) async fn watch_with_unsafe_delete(fixture: Fixture) {
    let key = fixture.key("a");
    let bad = fixture
        .store
        .create(&key, Bytes::from_static(b"{"), None)
        .await
        .unwrap();
    let mut watch = fixture.watch(Start::After(bad)).await;
    fixture.store.delete(&key, bad).await.unwrap();
    let created = fixture.create("a", 1).await;
    watch.expect([added("a", created)]).await;
}

/// RunTestWatchContextCancel: a dropped watch is gone, and others are not disturbed.
pub(crate) async fn watch_context_cancel(fixture: Fixture) {
    let start = fixture.current().await;
    let mut watch = fixture.watch(Start::After(start)).await;
    for _ in 0..20 {
        drop(fixture.watch(Start::After(start)).await);
    }
    let mut unread = fixture.watch(Start::After(start)).await;
    assert!(
        tokio::time::timeout(Duration::from_millis(20), unread.events.next())
            .await
            .is_err()
    );
    drop(unread);
    let created = fixture.create("a", 1).await;
    watch.expect([added("a", created)]).await;
}

/// RunTestWatcherTimeout: the end comes without an error, and watchers that never read stall nobody.
pub(crate) async fn watcher_timeout(fixture: Fixture) {
    let start = fixture.current().await;
    let until = Instant::now() + Duration::from_millis(300);
    let request = WatchRequest::of(&*fixture.prefix, Start::After(start)).until(until);
    let mut watch = fixture.watch_for(request).await;
    let mut idle = Vec::new();
    for _ in 0..10 {
        idle.push(fixture.watch(Start::After(start)).await);
    }
    let created = fixture.create("a", 1).await;
    watch.expect([added("a", created)]).await;
    assert!(watch.next().await.is_none());
    assert!(Instant::now() >= until);
}

/// RunTestWatchDeleteEventObjectHaveLatestRV.
pub(crate) async fn watch_delete_event_object_have_latest_revision(fixture: Fixture) {
    let created = fixture.create("a", 7).await;
    let mut watch = fixture.watch(Start::After(created)).await;
    let gone = fixture.delete("a").await;
    let Some(Ok(ItemEvent::Object { item, .. })) = watch.next().await else {
        panic!("it was deleted")
    };
    assert_eq!((item.revision(), item.entry().created), (gone, created));
    assert_eq!(content(&item.entry().value), 7);
}

/// RunTestClusterScopedWatch: one object.
pub(crate) async fn cluster_scoped_watch(fixture: Fixture) {
    let start = fixture.current().await;
    let mut watch = fixture
        .watch_for(WatchRequest::of(fixture.key("a"), Start::After(start)))
        .await;
    let first = fixture.create("a", 1).await;
    fixture.create("ab", 1).await;
    fixture.create("b", 1).await;
    let second = fixture.replace("a", 2).await;
    let gone = fixture.delete("a").await;
    watch
        .expect([added("a", first), modified("a", second), deleted("a", gone)])
        .await;
    watch.expect_nothing().await;
}

/// RunTestNamespaceScopedWatch.
pub(crate) async fn namespace_scoped_watch(fixture: Fixture) {
    let start = fixture.current().await;
    let mut one = fixture
        .watch_for(WatchRequest::of(fixture.key("ns1/"), Start::After(start)))
        .await;
    let mut object = fixture
        .watch_for(WatchRequest::of(fixture.key("ns1/b"), Start::After(start)))
        .await;
    let mut all = fixture.watch(Start::After(start)).await;
    let a = fixture.create("ns1/a", 1).await;
    let other = fixture.create("ns10/a", 1).await;
    let b = fixture.create("ns1/b", 1).await;
    one.expect([added("ns1/a", a), added("ns1/b", b)]).await;
    one.expect_nothing().await;
    object.expect([added("ns1/b", b)]).await;
    object.expect_nothing().await;
    all.expect([added("ns1/a", a), added("ns10/a", other), added("ns1/b", b)])
        .await;
}

/// RunWatchListMatchSingle.
pub(crate) async fn watch_list_match_single(fixture: Fixture) {
    for name in ["a", "b"] {
        fixture.create(name, 2).await;
    }
    let b = fixture.entry("b").await.unwrap().revision;
    let by_key = WatchRequest::of(fixture.key("b"), Start::State(At::Latest)).bookmarks();
    let by_field = WatchRequest::of(&*fixture.prefix, Start::State(At::Latest))
        .bookmarks()
        .matching(|item| {
            item.attributes()
                .is_ok_and(|attributes| attributes.field("metadata.name") == Some("b"))
        });
    for request in [by_key, by_field] {
        let mut watch = fixture.watch_for(request).await;
        watch.expect([added("b", b)]).await;
        assert!(matches!(watch.told().await, Told::StateEnds(end) if end >= b));
    }
}

/// RunWatchErrorIsBlockingFurtherEvents.
pub(crate) async fn watch_error_is_blocking_further_events(fixture: Fixture) {
    let start = fixture.current().await;
    let mut watch = fixture.watch(Start::After(start)).await;
    let good = fixture.create("a", 1).await;
    let bad = fixture
        .store
        .create(&fixture.key("b"), Bytes::from_static(b"{"), None)
        .await
        .unwrap();
    fixture
        .store
        .replace(&fixture.key("b"), bad, object("b", 1), None)
        .await
        .unwrap();
    fixture.create("c", 1).await;
    watch.expect([added("a", good)]).await;
    watch.expect_error().await;
}

/// RunTestWatch… of two readers: one order for all.
pub(crate) async fn all_watchers_see_one_order(fixture: Fixture) {
    let start = fixture.current().await;
    let mut watches = Vec::new();
    for _ in 0..4 {
        watches.push(fixture.watch(Start::After(start)).await);
    }
    let writers = (0..4).map(|writer| {
        let fixture = fixture.clone();
        tokio::spawn(async move {
            for number in 0..25 {
                fixture.create(&format!("{writer}-{number}"), number).await;
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let mut orders = Vec::new();
    for watch in &mut watches {
        let mut order = Vec::new();
        for _ in 0..100 {
            order.push(watch.told().await);
        }
        orders.push(order);
    }
    assert!(orders.iter().all(|order| *order == orders[0]));
    let revisions = orders[0].iter().map(|told| match told {
        Told::Added(_, revision) => *revision,
        told => panic!("{told:?}"),
    });
    assert!(revisions.is_sorted());
}

/// E5, asked of the store itself.
pub(crate) async fn watch_of_the_store(fixture: Fixture) {
    let start = fixture.current().await;
    let mut watch = fixture.store.watch(&fixture.prefix, start).await.unwrap();
    let created = fixture.create("a", 1).await;
    let value = labelled("a", 2, &[("x", "y")]);
    let second = fixture
        .store
        .replace(&fixture.key("a"), created, value.clone(), None)
        .await
        .unwrap();
    let gone = fixture.delete("a").await;
    let mut seen = Vec::new();
    while seen.len() < 3 {
        match watch.updates.next().await.unwrap().unwrap() {
            Update::Change(change) => seen.push(change),
            Update::Progress(_) => {}
        }
    }
    let revisions: Vec<Revision> = seen.iter().map(|change| change.revision()).collect();
    assert_eq!(revisions, [created, second, gone]);
    assert_eq!(seen[0].previous(), None);
    assert_eq!(seen[1].previous(), seen[0].entry());
    assert_eq!(seen[2].previous(), seen[1].entry());
    assert_eq!(seen[1].entry().unwrap().value, value);
    let raised = fixture.raise().await;
    loop {
        watch.progress.request();
        let next = tokio::time::timeout(Duration::from_millis(100), watch.updates.next()).await;
        match next.map(|update| update.unwrap().unwrap()) {
            Ok(Update::Progress(revision)) if revision >= raised => break,
            Ok(Update::Progress(_)) | Err(_) => {}
            Ok(change) => panic!("{change:?}"),
        }
    }
}
