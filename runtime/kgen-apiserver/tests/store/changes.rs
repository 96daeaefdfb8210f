//! Creating, updating and deleting.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use kgen_apiserver::storage::{Decision, Entry, Outcome, Revision, Start, StoreError, delete, update};

use crate::Case;
use crate::fixture::{Fixture, Refusal, added, deleted};
use crate::values::{content, object};

pub(crate) fn cases() -> Vec<Case> {
    crate::cases![changes:
        create
        create_with_ttl
        create_with_key_exist
        unconditional_delete
        conditional_delete
        delete_with_suggestion
        delete_with_suggestion_and_conflict
        delete_with_conflict
        delete_with_suggestion_of_deleted_object
        validate_deletion_with_suggestion
        validate_deletion_with_only_suggestion_valid
        guaranteed_update
        guaranteed_update_creates
        guaranteed_update_with_ttl
        guaranteed_update_checks_stored_data
        guaranteed_update_with_conflict
        guaranteed_update_with_suggestion_and_conflict
        concurrent_updates_serialise
        revisions_rise_by_one
        a_stale_revision_changes_nothing
        recreated_key_is_another
        too_large_value
        keys_are_kept_as_given
        ;
        compacting:
    ]
}

fn write(value: Bytes) -> Result<Decision, Refusal> {
    Ok(Decision::Write { value, ttl: None })
}

async fn remove(fixture: &Fixture, name: &str, seen: Option<Entry>) -> Result<(Entry, Revision), Refusal> {
    delete(&*fixture.store, &fixture.key(name), seen, async |_| Ok(())).await
}

/// RunTestCreate.
pub(crate) async fn create(fixture: Fixture) {
    let before = fixture.current().await;
    assert_eq!(fixture.entry("a").await, None);
    let revision = fixture.create("a", 1).await;
    assert!(revision > before);
    let entry = fixture.entry("a").await.expect("it was created");
    let wanted = Entry {
        key: Arc::from(fixture.key("a")),
        value: object("a", 1),
        created: revision,
        revision,
    };
    assert_eq!(entry, wanted);
    assert!(fixture.store.get(&fixture.key("a")).await.unwrap().revision >= revision);
}

/// RunTestCreateWithTTL.
pub(crate) async fn create_with_ttl(fixture: Fixture) {
    let ttl = Some(Duration::from_secs(1));
    let revision = fixture
        .store
        .create(&fixture.key("a"), object("a", 1), ttl)
        .await
        .unwrap();
    let mut watch = fixture.watch(Start::After(revision)).await;
    match watch.told_of_object().await {
        crate::fixture::Told::Deleted(name, at) => assert!(name == "a" && at > revision),
        told => panic!("{told:?}"),
    }
    assert_eq!(fixture.entry("a").await, None);
}

/// RunTestCreateWithKeyExist.
pub(crate) async fn create_with_key_exist(fixture: Fixture) {
    fixture.create("a", 1).await;
    let again = fixture.store.create(&fixture.key("a"), object("a", 2), None).await;
    assert_eq!(again, Err(StoreError::Exists { key: fixture.key("a") }));
    assert_eq!(content(&fixture.entry("a").await.unwrap().value), 1);
}

/// RunTestUnconditionalDelete.
pub(crate) async fn unconditional_delete(fixture: Fixture) {
    let created = fixture.create("a", 1).await;
    let missing = remove(&fixture, "b", None).await;
    assert_eq!(
        missing,
        Err(Refusal::Store(StoreError::NotFound { key: fixture.key("b") }))
    );
    let (entry, revision) = remove(&fixture, "a", None).await.unwrap();
    assert_eq!((entry.revision, content(&entry.value)), (created, 1));
    assert!(revision > created);
    assert_eq!(fixture.entry("a").await, None);
}

/// RunTestConditionalDelete.
pub(crate) async fn conditional_delete(fixture: Fixture) {
    fixture.create("a", 1).await;
    let key = fixture.key("a");
    let wrong = delete(&*fixture.store, &key, None, async |_| Err(Refusal::Refused)).await;
    assert_eq!(wrong, Err(Refusal::Refused));
    let right = delete(&*fixture.store, &key, None, async |entry| match content(&entry.value) {
        1 => Ok(()),
        _ => Err(Refusal::Refused),
    });
    assert!(right.await.is_ok());
}

/// RunTestDeleteWithSuggestion.
pub(crate) async fn delete_with_suggestion(fixture: Fixture) {
    fixture.create("a", 1).await;
    let seen = fixture.entry("a").await;
    remove(&fixture, "a", seen).await.unwrap();
    assert_eq!(fixture.entry("a").await, None);
}

/// RunTestDeleteWithSuggestionAndConflict.
pub(crate) async fn delete_with_suggestion_and_conflict(fixture: Fixture) {
    fixture.create("a", 1).await;
    let seen = fixture.entry("a").await;
    fixture.replace("a", 2).await;
    let (entry, _) = remove(&fixture, "a", seen).await.unwrap();
    assert_eq!(
        content(&entry.value),
        2,
        "the last state is returned, not the one that was suggested"
    );
    assert_eq!(fixture.entry("a").await, None);
}

/// RunTestDeleteWithConflict: it is written while its deletion is being validated.
pub(crate) async fn delete_with_conflict(fixture: Fixture) {
    fixture.create("a", 1).await;
    let asked = AtomicUsize::new(0);
    let key = fixture.key("a");
    let done = delete(&*fixture.store, &key, None, |_| {
        let is_first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        let fixture = fixture.clone();
        async move {
            if is_first {
                fixture.replace("a", 2).await;
            }
            Ok::<_, Refusal>(())
        }
    });
    let (entry, _) = done.await.unwrap();
    assert_eq!((content(&entry.value), asked.load(Ordering::SeqCst)), (2, 2));
}

/// RunTestDeleteWithSuggestionOfDeletedObject.
pub(crate) async fn delete_with_suggestion_of_deleted_object(fixture: Fixture) {
    fixture.create("a", 1).await;
    let seen = fixture.entry("a").await;
    fixture.delete("a").await;
    let gone = remove(&fixture, "a", seen).await;
    assert_eq!(
        gone,
        Err(Refusal::Store(StoreError::NotFound { key: fixture.key("a") }))
    );
}

/// RunTestValidateDeletionWithSuggestion: what a stale state would refuse is asked again.
pub(crate) async fn validate_deletion_with_suggestion(fixture: Fixture) {
    fixture.create("a", 1).await;
    let seen = fixture.entry("a").await;
    let calls = AtomicUsize::new(0);
    let key = fixture.key("a");
    let refuse = delete(&*fixture.store, &key, seen.clone(), async |_| {
        calls.fetch_add(1, Ordering::SeqCst);
        Err(Refusal::Refused)
    });
    assert_eq!(refuse.await, Err(Refusal::Refused));
    assert_eq!(calls.load(Ordering::SeqCst), 1, "the suggestion was the present state");
    fixture.replace("a", 2).await;
    let only_new = delete(&*fixture.store, &key, seen, async |entry| match content(&entry.value) {
        2 => Ok(()),
        _ => Err(Refusal::Refused),
    });
    assert!(only_new.await.is_ok());
}

/// RunTestValidateDeletionWithOnlySuggestionValid, RunTestPreconditionalDeleteWithOnlySuggestionPass.
pub(crate) async fn validate_deletion_with_only_suggestion_valid(fixture: Fixture) {
    fixture.create("a", 1).await;
    let seen = fixture.entry("a").await;
    fixture.replace("a", 2).await;
    let key = fixture.key("a");
    let only_old = delete(&*fixture.store, &key, seen, async |entry| match content(&entry.value) {
        1 => Ok(()),
        _ => Err(Refusal::Refused),
    });
    assert_eq!(only_old.await, Err(Refusal::Refused));
    assert!(fixture.entry("a").await.is_some());
}

/// RunTestGuaranteedUpdate.
pub(crate) async fn guaranteed_update(fixture: Fixture) {
    let created = fixture.create("a", 1).await;
    let key = fixture.key("a");
    let kept = update(&*fixture.store, &key, None, async |_| write(object("a", 1)))
        .await
        .unwrap();
    assert_eq!(
        kept,
        Outcome::Kept(fixture.entry("a").await),
        "equal bytes are not written"
    );
    assert_eq!(fixture.entry("a").await.unwrap().revision, created);
    let refused = update(&*fixture.store, &key, None, async |_| Err(Refusal::Refused)).await;
    assert_eq!(refused, Err(Refusal::Refused));
    let Outcome::Written(written) = update(&*fixture.store, &key, None, async |seen| {
        let seen = seen.expect("it is there");
        write(object("a", content(&seen.value) + 1))
    })
    .await
    .unwrap() else {
        panic!("it was changed")
    };
    assert!(written.revision > created && written.created == created);
    assert_eq!(fixture.entry("a").await, Some(written));
}

/// RunTestGuaranteedUpdate with `ignoreNotFound`.
pub(crate) async fn guaranteed_update_creates(fixture: Fixture) {
    let key = fixture.key("a");
    let outcome = update(&*fixture.store, &key, None, async |seen| {
        assert_eq!(seen, None);
        write(object("a", 1))
    });
    assert!(matches!(outcome.await, Ok(Outcome::Written(_))));
    let absent = update(&*fixture.store, &fixture.key("b"), None, async |_| {
        Ok::<_, Refusal>(Decision::Keep)
    })
    .await;
    assert_eq!(absent, Ok(Outcome::Kept(None)));
}

/// RunTestGuaranteedUpdateWithTTL.
pub(crate) async fn guaranteed_update_with_ttl(fixture: Fixture) {
    let key = fixture.key("a");
    let ttl = Some(Duration::from_secs(1));
    let outcome = update(&*fixture.store, &key, None, async |_| {
        Ok::<_, Refusal>(Decision::Write {
            value: object("a", 1),
            ttl,
        })
    });
    let Ok(Outcome::Written(entry)) = outcome.await else {
        panic!("it was created")
    };
    let mut watch = fixture.watch(Start::After(entry.revision)).await;
    match watch.told_of_object().await {
        crate::fixture::Told::Deleted(name, _) => assert_eq!(name, "a"),
        told => panic!("{told:?}"),
    }
}

/// RunTestGuaranteedUpdateChecksStoredData: a no-op on a stale suggestion is none.
pub(crate) async fn guaranteed_update_checks_stored_data(fixture: Fixture) {
    fixture.create("a", 1).await;
    let seen = fixture.entry("a").await;
    let second = fixture.replace("a", 2).await;
    let outcome = update(&*fixture.store, &fixture.key("a"), seen, async |_| {
        write(object("a", 1))
    })
    .await;
    let Ok(Outcome::Written(entry)) = outcome else {
        panic!("the stored data is another")
    };
    assert!(entry.revision > second);
    assert_eq!(content(&fixture.entry("a").await.unwrap().value), 1);
}

/// RunTestGuaranteedUpdateWithConflict.
pub(crate) async fn guaranteed_update_with_conflict(fixture: Fixture) {
    fixture.create("a", 1).await;
    let asked = AtomicUsize::new(0);
    let key = fixture.key("a");
    let first = update(&*fixture.store, &key, None, |seen| {
        let is_first = asked.fetch_add(1, Ordering::SeqCst) == 0;
        let fixture = fixture.clone();
        async move {
            if is_first {
                fixture.replace("a", 10).await;
            }
            write(object("a", content(&seen.expect("it is there").value) + 1))
        }
    });
    assert!(first.await.is_ok());
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert_eq!(content(&fixture.entry("a").await.unwrap().value), 11);
}

/// RunTestGuaranteedUpdateWithSuggestionAndConflict: errors about a stale suggestion are not final.
pub(crate) async fn guaranteed_update_with_suggestion_and_conflict(fixture: Fixture) {
    fixture.create("a", 1).await;
    let seen = fixture.entry("a").await;
    fixture.replace("a", 2).await;
    let decide = async |seen: Option<Entry>| match content(&seen.expect("it is there").value) {
        2 => write(object("a", 3)),
        _ => Err(Refusal::Refused),
    };
    assert!(
        update(&*fixture.store, &fixture.key("a"), seen.clone(), decide)
            .await
            .is_ok()
    );
    let fails = update(&*fixture.store, &fixture.key("a"), seen, async |_| {
        Err(Refusal::Refused)
    })
    .await;
    assert_eq!(fails, Err(Refusal::Refused));
}

/// Of many writers none is lost.
pub(crate) async fn concurrent_updates_serialise(fixture: Fixture) {
    fixture.create("a", 0).await;
    let writers = (0..8).map(|_| {
        let fixture = fixture.clone();
        tokio::spawn(async move {
            for _ in 0..10 {
                let key = fixture.key("a");
                let add = async |seen: Option<Entry>| write(object("a", content(&seen.unwrap().value) + 1));
                update(&*fixture.store, &key, None, add).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    assert_eq!(content(&fixture.entry("a").await.unwrap().value), 80);
}

/// E1: one counter, no reuse; the writes of one writer rise.
pub(crate) async fn revisions_rise_by_one(fixture: Fixture) {
    let mut last = fixture.create("a", 0).await;
    for content in 1..20 {
        let next = fixture.replace("a", content).await;
        assert!(next > last);
        last = next;
    }
    let gone = fixture.delete("a").await;
    assert!(gone > last);
    assert!(fixture.current().await >= gone);
}

/// E2: losers get the current value, and nothing happens.
pub(crate) async fn a_stale_revision_changes_nothing(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    fixture.replace("a", 2).await;
    let now = fixture.entry("a").await.unwrap();
    let conflict = StoreError::Conflict {
        current: Box::new(now.clone()),
    };
    let key = fixture.key("a");
    assert_eq!(
        fixture.store.replace(&key, first, object("a", 3), None).await,
        Err(conflict.clone())
    );
    assert_eq!(fixture.store.delete(&key, first).await, Err(conflict));
    assert_eq!(fixture.entry("a").await, Some(now));
    let missing = StoreError::NotFound { key: fixture.key("b") };
    let absent = fixture.key("b");
    assert_eq!(
        fixture.store.replace(&absent, first, object("b", 3), None).await,
        Err(missing.clone())
    );
    assert_eq!(fixture.store.delete(&absent, first).await, Err(missing));
}

/// A key that was deleted begins anew.
pub(crate) async fn recreated_key_is_another(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    let gone = fixture.delete("a").await;
    let second = fixture.create("a", 2).await;
    assert!(first < gone && gone < second);
    assert_eq!(fixture.entry("a").await.unwrap().created, second);
    let mut watch = fixture.watch(Start::After(first.before())).await;
    watch
        .expect([added("a", first), deleted("a", gone), added("a", second)])
        .await;
}

/// E8.
pub(crate) async fn too_large_value(fixture: Fixture) {
    let value = Bytes::from(vec![b'x'; 2 << 20]);
    let refused = fixture.store.create(&fixture.key("a"), value, None).await;
    assert!(matches!(refused, Err(StoreError::TooLarge { .. })), "{refused:?}");
    assert_eq!(fixture.entry("a").await, None);
    let value = Bytes::from(vec![b'x'; 1 << 20]);
    assert!(fixture.store.create(&fixture.key("a"), value, None).await.is_ok());
}

/// RunTestKeySchema: nothing is done to keys and values.
pub(crate) async fn keys_are_kept_as_given(fixture: Fixture) {
    for name in ["a", "ns/a", "ns/a.b", "ns.x/a", "ns-x/a", "ü"] {
        let value = Bytes::from(format!("{name}\0\n\u{1}"));
        fixture
            .store
            .create(&fixture.key(name), value.clone(), None)
            .await
            .unwrap();
        let entry = fixture.entry(name).await.unwrap();
        assert_eq!((&*entry.key, entry.value), (&*fixture.key(name), value));
    }
}
