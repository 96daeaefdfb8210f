//! Watching: from a revision, and with an initial state.

use std::time::Duration;

use futures_util::StreamExt;
use kgen_apiserver::storage::{At, ReadError, Revision, Start, StoreError, WatchRequest};

use crate::Case;
use crate::fixture::{Fixture, Readers, Told, added, deleted, modified};

pub(crate) fn cases() -> Vec<Case> {
    crate::cases![watch_starts:
        watch_from_zero
        watch_from_non_zero
        watch_from_the_future
        watch_from_now
        watch_initialization_signal
        send_initial_events_backward_compatibility
        watch_semantics
        watch_semantic_initial_events_extended
        resuming_loses_and_repeats_nothing
        ;
        compacting:
        watch_from_compacted
        watch_of_the_store_from_compacted
    ]
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
