//! Watching: from a revision, with an initial state, selections, bookmarks, errors and ends.

use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use kgen_apiserver::storage::{At, Item, ItemEvent, ReadError, Revision, Start, StoreError, Update, WatchRequest};
use tokio::time::Instant;

use crate::Case;
use crate::fixture::{Fixture, Readers, Told, added, deleted, modified};
use crate::values::{content, labelled, object};

pub(crate) fn cases() -> Vec<Case> {
    crate::cases![watches:
        watch
        watch_with_selection
        watch_from_zero
        delete_trigger_watch
        watch_from_non_zero
        watch_from_the_future
        watch_from_now
        delayed_watch_delivery
        watch_error
        watch_with_unsafe_delete
        watch_context_cancel
        watcher_timeout
        watch_delete_event_object_have_latest_revision
        watch_initialization_signal
        progress_notify
        cluster_scoped_watch
        namespace_scoped_watch
        watch_dispatch_bookmark_events
        bookmarks_have_the_right_revision
        no_bookmarks_unless_asked
        send_initial_events_backward_compatibility
        watch_semantics
        watch_semantic_initial_events_extended
        watch_list_match_single
        watch_error_is_blocking_further_events
        all_watchers_see_one_order
        resuming_loses_and_repeats_nothing
        watch_of_the_store
        ;
        compacting:
        watch_from_compacted
        watch_of_the_store_from_compacted
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

/// RunTestWatchFromZero.
pub(crate) async fn watch_from_zero(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    fixture.list(fixture.all()).await;
    let mut watch = fixture.watch(Start::State(At::Any)).await;
    watch.expect([added("a", first)]).await;
    let second = fixture.replace("a", 2).await;
    watch.expect([modified("a", second)]).await;
    let gone = fixture.delete("a").await;
    let again = fixture.create("a", 3).await;
    watch.expect([deleted("a", gone), added("a", again)]).await;
    fixture.list(fixture.all()).await;
    fixture
        .watch(Start::State(At::Any))
        .await
        .expect([added("a", again)])
        .await;
}

/// RunTestDeleteTriggerWatch.
pub(crate) async fn delete_trigger_watch(fixture: Fixture) {
    let created = fixture.create("a", 1).await;
    let mut watch = fixture.watch(Start::After(created)).await;
    let gone = fixture.delete("a").await;
    watch.expect([deleted("a", gone)]).await;
}

/// RunTestWatchFromNonZero.
pub(crate) async fn watch_from_non_zero(fixture: Fixture) {
    let created = fixture.create("a", 1).await;
    let second = fixture.replace("a", 2).await;
    let third = fixture.create("b", 2).await;
    let mut watch = fixture.watch(Start::After(created)).await;
    watch.expect([modified("a", second), added("b", third)]).await;
    watch.expect_nothing().await;
}

pub(crate) async fn watch_from_the_future(fixture: Fixture) {
    let created = fixture.create("a", 1).await;
    let start = Revision::new(created.get() + 1);
    let mut watch = fixture.watch(Start::After(start)).await;
    let mut last = created;
    for content in 2..6 {
        last = fixture.replace("a", content).await;
    }
    loop {
        match watch.told_of_object().await {
            Told::Modified(_, revision) if revision == last => break,
            Told::Modified(_, revision) => assert!(revision > start, "that is older than what was asked for"),
            told => panic!("{told:?}"),
        }
    }
}

pub(crate) async fn watch_from_now(fixture: Fixture) {
    fixture.create("a", 1).await;
    let mut watch = fixture.watch(Start::Now).await;
    let second = fixture.replace("a", 2).await;
    watch.expect([modified("a", second)]).await;
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

/// RunTestWatchInitializationSignal: a watch is there when the call returns.
pub(crate) async fn watch_initialization_signal(fixture: Fixture) {
    let watch = fixture.reader.watch(WatchRequest::of(&*fixture.prefix, Start::Now));
    assert!(
        tokio::time::timeout(Duration::from_secs(10), watch)
            .await
            .unwrap()
            .is_ok()
    );
}

/// RunOptionalTestProgressNotify: an idle prefix learns of what happens elsewhere.
pub(crate) async fn progress_notify(fixture: Fixture) {
    let created = fixture.create("a", 1).await;
    let request = WatchRequest::of(&*fixture.prefix, Start::After(created)).bookmarks();
    let mut watch = fixture.watch_for(request).await;
    let raised = fixture.raise().await;
    loop {
        match watch.told().await {
            Told::Bookmark(revision) if revision >= raised => break,
            Told::Bookmark(_) => {}
            told => panic!("{told:?}"),
        }
    }
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

/// RunTestWatchDispatchBookmarkEvents.
pub(crate) async fn watch_dispatch_bookmark_events(fixture: Fixture) {
    let created = fixture.create("a", 1).await;
    let request = WatchRequest::of(&*fixture.prefix, Start::After(created)).bookmarks();
    let mut watch = fixture.watch_for(request).await;
    let Told::Bookmark(first) = watch.told().await else {
        panic!("nothing else happened")
    };
    let Told::Bookmark(second) = watch.told().await else {
        panic!("nothing else happened")
    };
    assert!(created <= first && first <= second);
}

/// RunTestOptionalWatchBookmarksWithCorrectResourceVersion: no event comes at or below a bookmark told before it.
pub(crate) async fn bookmarks_have_the_right_revision(fixture: Fixture) {
    let start = fixture.current().await;
    let request = WatchRequest::of(&*fixture.prefix, Start::After(start)).bookmarks();
    let mut watch = fixture.watch_for(request).await;
    let writer = fixture.clone();
    let writes = tokio::spawn(async move {
        let mut last = Revision::ZERO;
        for number in 0..100 {
            last = writer.create(&format!("{number:03}"), number).await;
            writer.raise().await;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        last
    });
    let mut told = start;
    let mut bookmarks = 0;
    let mut objects = 0;
    while objects < 100 || bookmarks < 2 {
        match watch.told().await {
            Told::Added(_, revision) => {
                assert!(revision > told, "it was told late");
                told = revision;
                objects += 1;
            }
            Told::Bookmark(revision) => {
                assert!(revision >= told, "the bookmark goes back");
                told = revision;
                bookmarks += 1;
            }
            told => panic!("{told:?}"),
        }
    }
    assert!(writes.await.unwrap() <= told);
}

pub(crate) async fn no_bookmarks_unless_asked(fixture: Fixture) {
    let created = fixture.create("a", 1).await;
    for start in [Start::After(created), Start::State(At::Latest)] {
        let mut watch = fixture.watch(start).await;
        if start != Start::After(created) {
            assert_eq!(watch.told().await, added("a", created));
        }
        fixture.raise().await;
        let pause = Duration::from_millis(500);
        assert!(
            tokio::time::timeout(pause, watch.events.next()).await.is_err(),
            "{start:?}"
        );
    }
}

/// RunSendInitialEventsBackwardCompatibility: without bookmarks the state is told and nothing marks its end.
pub(crate) async fn send_initial_events_backward_compatibility(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    fixture.list(fixture.all()).await;
    for at in [At::Latest, At::Any] {
        let mut watch = fixture.watch(Start::State(at)).await;
        watch.expect([added("a", first)]).await;
        watch.expect_nothing().await;
    }
}

/// RunWatchSemantics.
pub(crate) async fn watch_semantics(fixture: Fixture) {
    for name in ["b", "a", "c"] {
        fixture.create(name, 1).await;
    }
    let old = fixture.current().await;
    let gone = fixture.delete("c").await;
    let a = fixture.entry("a").await.unwrap().revision;
    let b = fixture.entry("b").await.unwrap().revision;
    let state = [added("a", a), added("b", b)];
    for at in [At::Latest, At::AtLeast(gone)] {
        let request = WatchRequest::of(&*fixture.prefix, Start::State(at)).bookmarks();
        let mut watch = fixture.watch_for(request).await;
        watch.expect(state.clone()).await;
        let Told::StateEnds(end) = watch.told().await else {
            panic!("the state ends")
        };
        assert!(end >= gone, "{at:?}");
    }
    let mut watch = fixture.watch(Start::After(old)).await;
    watch.expect([deleted("c", gone)]).await;
    let c = fixture.create("c", 2).await;
    watch.expect([added("c", c)]).await;
    let far = fixture.reader.watch(WatchRequest::of(
        &*fixture.prefix,
        Start::State(At::AtLeast(Revision::new(1 << 40))),
    ));
    assert!(matches!(far.await, Err(ReadError::TooNew { .. })));
}

/// RunWatchSemanticInitialEventsExtended: the state is at least as new as the store was, also after writes elsewhere,
/// and live events follow its end.
pub(crate) async fn watch_semantic_initial_events_extended(fixture: Fixture) {
    let a = fixture.create("a", 1).await;
    let raised = fixture.raise().await;
    let request = WatchRequest::of(&*fixture.prefix, Start::State(At::Latest)).bookmarks();
    let mut watch = fixture.watch_for(request).await;
    watch.expect([added("a", a)]).await;
    let Told::StateEnds(end) = watch.told().await else {
        panic!("the state ends")
    };
    assert!(end >= raised);
    let b = fixture.create("b", 1).await;
    watch.expect([added("b", b)]).await;
    let empty = WatchRequest::of(fixture.key("none/"), Start::State(At::Latest)).bookmarks();
    let mut watch = fixture.watch_for(empty).await;
    assert!(
        matches!(watch.told().await, Told::StateEnds(end) if end >= b),
        "an empty state ends too"
    );
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

/// Statement 14 of watches: whatever revision one resumes from.
pub(crate) async fn resuming_loses_and_repeats_nothing(fixture: Fixture) {
    let start = fixture.current().await;
    let mut written = Vec::new();
    for number in 0..10 {
        written.push(fixture.create(&number.to_string(), number).await);
    }
    let mut resume = start;
    for (number, revision) in written.into_iter().enumerate() {
        let mut watch = fixture.watch(Start::After(resume)).await;
        watch.expect([added(&number.to_string(), revision)]).await;
        resume = revision;
    }
    let list = fixture.list(fixture.all()).await;
    let next = fixture.create("x", 1).await;
    fixture
        .watch(Start::After(list.revision))
        .await
        .expect([added("x", next)])
        .await;
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

/// RunTestWatchFromZero with compaction: 410.
pub(crate) async fn watch_from_compacted(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    fixture.replace("a", 2).await;
    let third = fixture.replace("a", 3).await;
    fixture.store.compact(third).await.unwrap();
    if fixture.readers == Readers::Cached {
        // The cache has its own history: what it tells is complete, or too old.
        let request = WatchRequest::of(&*fixture.prefix, Start::After(Revision::FIRST));
        match fixture.reader.watch(request).await {
            Ok(_) => {}
            Err(error) => assert!(matches!(error, ReadError::TooOld { .. }), "{error:?}"),
        }
        return;
    }
    let error = match fixture
        .reader
        .watch(WatchRequest::of(&*fixture.prefix, Start::After(first)))
        .await
    {
        Ok(mut events) => events.next().await.unwrap().unwrap_err(),
        Err(error) => error,
    };
    assert!(
        matches!(error, ReadError::TooOld { requested, .. } if requested == first),
        "{error:?}"
    );
    let fourth = fixture.replace("a", 4).await;
    fixture
        .watch(Start::After(third))
        .await
        .expect([modified("a", fourth)])
        .await;
}

pub(crate) async fn watch_of_the_store_from_compacted(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    fixture.replace("a", 2).await;
    let third = fixture.replace("a", 3).await;
    fixture.store.compact(third).await.unwrap();
    let error = match fixture.store.watch(&fixture.prefix, first).await {
        Ok(mut watch) => watch.updates.next().await.unwrap().unwrap_err(),
        Err(error) => error,
    };
    assert!(
        matches!(error, StoreError::Compacted { requested, .. } if requested == first),
        "{error:?}"
    );
}
