//! Watching: how far a watch has come.

use std::time::Duration;

use futures_util::StreamExt;
use kgen_apiserver::storage::{At, Revision, Start, WatchRequest};

use crate::Case;
use crate::fixture::{Fixture, Told, added};

pub(crate) fn cases() -> Vec<Case> {
    crate::cases![bookmarks:
        progress_notify
        watch_dispatch_bookmark_events
        bookmarks_have_the_right_revision
        no_bookmarks_unless_asked
        ;
        compacting:
    ]
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
